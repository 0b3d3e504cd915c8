"""What lets a newcomer see everything without an account: WeChat, printers, the phone."""
