// Where it runs: AWS CDK.
import { Stack } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import * as rds from "aws-cdk-lib/aws-rds";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as sqs from "aws-cdk-lib/aws-sqs";

export class CheckoutStack extends Stack {
  constructor(scope: any, id: string, vpc: any, key: any, props: any) {
    super(scope, id, props);
    new s3.Bucket(this, "Receipts", {
      versioned: true,
      enforceSSL: true,
      encryptionKey: key,
      publicReadAccess: false,
    });
    const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
    new rds.DatabaseInstance(this, "Cards", {
      engine,
      vpc,
      publiclyAccessible: false,
      storageEncryptionKey: key,
    });
    new sqs.Queue(this, "Charges", { encryption: sqs.QueueEncryption.KMS, encryptionMasterKey: key });
    new cloudfront.Distribution(this, "Edge", {
      defaultBehavior: props.behavior,
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    });
  }
}
