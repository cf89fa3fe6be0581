"""Speed, as ratios within one run; prints, asserts nothing."""
