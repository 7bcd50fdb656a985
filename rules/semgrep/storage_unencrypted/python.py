import aws_cdk as cdk
from aws_cdk import aws_efs as efs
from aws_cdk import aws_rds as rds
from aws_cdk import aws_sqs as sqs


class PaymentsStack(cdk.Stack):
    def __init__(self, scope, name, **kwargs):
        super().__init__(scope, name, **kwargs)
        # ruleid: storage_unencrypted.python.cdk_off
        sqs.Queue(self, "orders", encryption=sqs.QueueEncryption.UNENCRYPTED)
        # ruleid: storage_unencrypted.python.cdk_off
        efs.FileSystem(self, "files", vpc=vpc, encrypted=False)
        # ruleid: storage_unencrypted.python.cdk_off
        rds.DatabaseInstance(self, "shop", engine=engine, vpc=vpc, storage_encrypted=False)
        # ruleid: storage_unencrypted.python.cdk_database
        rds.DatabaseInstance(self, "shop2", engine=engine, vpc=vpc)
        # ok: storage_unencrypted.python.cdk_database
        rds.DatabaseInstance(self, "shop3", engine=engine, vpc=vpc, storage_encrypted=True)
        # ok: storage_unencrypted.python.cdk_database
        rds.DatabaseCluster(self, "shop4", engine=engine, storage_encryption_key=key)
        # ok: storage_unencrypted.python.cdk_database
        rds.DatabaseCluster(self, "shop5", engine=engine, **common)
        # ok: storage_unencrypted.python.cdk_off
        sqs.Queue(self, "plain")
        # ok: storage_unencrypted.python.cdk_off
        sqs.Queue(self, "keyed", encryption=sqs.QueueEncryption.KMS)
        # ok: storage_unencrypted.python.cdk_off
        Envelope(self, "mail", encrypted=False)
