"""The numbers and where they come from: parameter records and the bibliography."""
