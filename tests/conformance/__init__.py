"""What FeatHub 0.1.0 does with 83 programs, held against sqlfeat.

`cases/<case>.json` is the program, its rows and FeatHub's result. Where the contract wants another one,
`cases/<case>.contract.json` has it, with the reason. `refusals.py` says what is refused instead.
"""
