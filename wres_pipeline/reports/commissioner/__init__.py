"""The commissioner's pages and the review of a provider as a Word file."""
