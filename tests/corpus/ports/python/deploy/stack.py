"""Where it runs: AWS CDK."""

from aws_cdk import Stack
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sqs as sqs


class CheckoutStack(Stack):
    def __init__(self, scope, name, vpc, key):
        super().__init__(scope, name)
        engine = rds.DatabaseInstanceEngine.POSTGRES
        rds.DatabaseInstance(self, "cards", engine=engine, vpc=vpc, storage_encryption_key=key)
        sqs.Queue(self, "charges", encryption=sqs.QueueEncryption.KMS, encryption_master_key=key)
