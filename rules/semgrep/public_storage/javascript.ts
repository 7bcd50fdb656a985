import * as cdk from "aws-cdk-lib";
import * as s3 from "aws-cdk-lib/aws-s3";

export class ReceiptsStack extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    // ruleid: public_storage.javascript.cdk
    new s3.Bucket(this, "receipts", { publicReadAccess: true });
    // ruleid: public_storage.javascript.cdk
    new s3.Bucket(this, "exports", { accessControl: s3.BucketAccessControl.PUBLIC_READ });
    const open = new s3.Bucket(this, "open");
    // ruleid: public_storage.javascript.cdk
    open.grantPublicAccess();
    // ok: public_storage.javascript.cdk
    new s3.Bucket(this, "kept", { publicReadAccess: false });
    // ok: public_storage.javascript.cdk
    new s3.Bucket(this, "logs", { accessControl: s3.BucketAccessControl.LOG_DELIVERY_WRITE });
    // ok: public_storage.javascript.cdk
    new s3.Bucket(this, "closed", { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    // ok: public_storage.javascript.cdk
    new Library(this, "books", { publicReadAccess: true });
  }
}
