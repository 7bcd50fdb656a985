"""Trains the fraud models, judges them, and writes what serving loads: `python -m reference_impl.fraud.training DIR`.

Needs the extra `training`; serving imports nothing of it. `data` what is learned from; `split` by time; `inputs` what
the classifier sees of it; `classifier`, `anomaly` and `baselines` the models; `trees` to ONNX; `metrics`, `segments`
and `card` how good they are; `run` all; `other_seeds` how much of that is luck.
"""
