"""What the sample workspaces are made of."""
