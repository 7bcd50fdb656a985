"""What a merchant has to show for PCI DSS: level, questionnaire, six areas to go through, and what leaves scope.

Levels are the card brands' and not the standard's: those here are Visa's and Mastercard's thresholds, and whoever has
suffered a breach may be put on level 1 whatever it counts. The acquirer decides; this says what to expect.
"""
