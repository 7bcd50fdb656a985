import * as cdk from "aws-cdk-lib";
import * as rds from "aws-cdk-lib/aws-rds";

export class ShopStack extends cdk.Stack {
  constructor(scope: cdk.App, id: string) {
    super(scope, id);
    // ruleid: public_database.javascript.cdk
    new rds.DatabaseInstance(this, "shop", { engine, vpc, publiclyAccessible: true });
    // ruleid: public_database.javascript.cdk
    const writer = rds.ClusterInstance.serverlessV2("writer", { publiclyAccessible: true });
    // ok: public_database.javascript.cdk
    new rds.DatabaseInstance(this, "kept", { engine, vpc, publiclyAccessible: false });
    // ok: public_database.javascript.cdk
    new rds.DatabaseInstance(this, "quiet", { engine, vpc });
    // ok: public_database.javascript.cdk
    settings.apply({ publiclyAccessible: true });
  }
}
