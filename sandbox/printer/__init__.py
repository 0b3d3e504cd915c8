"""A receipt printer to try a kitchen with: TCP in, ESC/POS understood, its paper on a web page.

- `commands`: bytes into commands, however they were cut into packets
- `machine`: commands into lines, pictures and sheets of paper
- `paper`: what is on a sheet, as text
- `picture`: a sheet as an image, dot by dot
- `device`: the printer on the network: status answers, and everything that can go wrong
- `faults`: what goes wrong by itself, drawn from a seed
- `roll`: the paper of all printers, and the record of it
- `web`: the paper roll in a browser, and the control plane for tests
"""
