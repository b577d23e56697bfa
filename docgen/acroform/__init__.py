"""What PDF form fields say and how they are drawn, for those who read forms as evidence and those who fill them in."""
