"""What the controllers call: one function a call, dicts out as the contract says."""
