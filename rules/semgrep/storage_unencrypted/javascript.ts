import * as cdk from "aws-cdk-lib";
import { aws_efs as efs, aws_kinesis as kinesis, aws_rds as rds, aws_sqs as sqs } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";

export class PaymentsStack extends cdk.Stack {
  constructor(scope: cdk.App, id: string, props?: cdk.StackProps) {
    super(scope, id, props);
    // ruleid: storage_unencrypted.javascript.cdk_off
    new sqs.Queue(this, "orders", { encryption: sqs.QueueEncryption.UNENCRYPTED });
    // ruleid: storage_unencrypted.javascript.cdk_off
    new Queue(this, "refunds", { encryption: QueueEncryption.UNENCRYPTED, fifo: true });
    // ruleid: storage_unencrypted.javascript.cdk_off
    new kinesis.Stream(this, "captures", { encryption: kinesis.StreamEncryption.UNENCRYPTED });
    // ruleid: storage_unencrypted.javascript.cdk_off
    new efs.FileSystem(this, "files", { vpc, encrypted: false });
    // ruleid: storage_unencrypted.javascript.cdk_off
    new opensearch.Domain(this, "search", { version, encryptionAtRest: { enabled: false } });
    // ruleid: storage_unencrypted.javascript.cdk_off
    new rds.DatabaseInstance(this, "shop", { engine: rds.DatabaseInstanceEngine.MYSQL, vpc, storageEncrypted: false });
    // ruleid: storage_unencrypted.javascript.cdk_database
    new rds.DatabaseInstance(this, "shop2", { engine: rds.DatabaseInstanceEngine.MYSQL, vpc });
    // ruleid: storage_unencrypted.javascript.cdk_database
    new rds.DatabaseCluster(this, "shop3", { engine, writer, vpc });
    // ok: storage_unencrypted.javascript.cdk_database
    new rds.DatabaseInstance(this, "shop4", { engine, vpc, storageEncrypted: true });
    // ok: storage_unencrypted.javascript.cdk_database
    new rds.DatabaseInstance(this, "shop5", { engine, vpc, storageEncryptionKey: key });
    // ok: storage_unencrypted.javascript.cdk_database
    new rds.DatabaseInstance(this, "shop6", { engine, ...common });
    // ok: storage_unencrypted.javascript.cdk_off
    new rds.DatabaseInstance(this, "shop7", { engine, storageEncrypted: true });
    // ok: storage_unencrypted.javascript.cdk_off
    new sqs.Queue(this, "plain");
    // ok: storage_unencrypted.javascript.cdk_off
    new sqs.Queue(this, "keyed", { encryption: sqs.QueueEncryption.KMS });
    // ok: storage_unencrypted.javascript.cdk_off
    new s3.Bucket(this, "receipts", { encryption: s3.BucketEncryption.UNENCRYPTED });
    // ok: storage_unencrypted.javascript.cdk_off
    new Envelope(this, "mail", { encrypted: false });
    // ok: storage_unencrypted.javascript.cdk_off
    new efs.FileSystem(this, "kept", { vpc, encrypted: true });
  }
}
