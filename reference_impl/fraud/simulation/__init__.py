"""Customers who pay, and people who pay with what is not theirs: data to train, judge and load-test with.

In the manner of the simulator of the Fraud Detection Handbook (Le Borgne, Siblini, Lebichot, Bontempi: Reproducible
Machine Learning for Credit Card Fraud Detection, 2022, chapter 3), with what a payment service sees besides: accounts,
declined attempts, travel, chargebacks that arrive days later. It is made up: figures of models trained on it compare
models with each other, and say nothing of anybody's real payments.

`draws` chance, the same everywhere; `world` who there is; `genuine` what customers do; `scenarios` what thieves do;
`history` what the service knows at the time; `stream` puts it together.
"""
