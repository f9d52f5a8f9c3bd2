"""How good the answers are: measured from the checkout, never installed, imported by nothing."""
