"""How the admin writes moments and days where a page does not say: Django has the hours of en_GB with p.m."""
