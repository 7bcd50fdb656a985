import * as s3 from "aws-cdk-lib/aws-s3";
import * as cdk from "aws-cdk-lib";

export class Statements extends cdk.Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // ruleid: cleartext_transport.javascript.cdk_bucket
    new s3.Bucket(this, "Statements");
    // ruleid: cleartext_transport.javascript.cdk_bucket
    new s3.Bucket(this, "Receipts", { versioned: true, enforceSSL: false });
    // ok: cleartext_transport.javascript.cdk_bucket
    new s3.Bucket(this, "Exports", { versioned: true, enforceSSL: true });
    // ok: cleartext_transport.javascript.cdk_bucket
    new s3.Bucket(this, "Others", { ...defaults, versioned: true });
    // ok: cleartext_transport.javascript.cdk_bucket
    new TokenBucket(this, "limit", { rate: 5 });
  }
}
