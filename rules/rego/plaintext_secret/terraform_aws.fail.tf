resource "aws_codebuild_project" "shop" {
  environment {
    environment_variable {
      name  = "NPM_TOKEN"
      value = "kettle-and-cups" # expect
    }
    environment_variable {
      name  = "DB_PASSWORD"
      type  = "PLAINTEXT"
      value = "kettle-and-cups" # expect
    }
  }
}

resource "aws_elastic_beanstalk_environment" "shop" {
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_PASSWORD"
    value     = "kettle-and-cups" # expect
  }
}

resource "aws_batch_job_definition" "nightly" {
  container_properties = jsonencode({
    environment = [
      { name = "API_KEY", value = "kettle-and-cups" }, # expect
    ]
  })
}

resource "aws_apprunner_service" "shop" {
  source_configuration {
    image_repository {
      image_configuration {
        runtime_environment_variables = {
          CLIENT_SECRET = "kettle-and-cups" # expect
        }
      }
    }
  }
}

resource "aws_amplify_app" "shop" {
  environment_variables = {
    API_KEY = "kettle-and-cups" # expect
  }
}

resource "aws_glue_job" "settle" {
  default_arguments = {
    "--db_password" = "kettle-and-cups" # expect
  }
}

resource "aws_glue_connection" "orders" {
  connection_properties = {
    USERNAME = "orders"
    PASSWORD = "kettle-and-cups" # expect
  }
}

resource "aws_sagemaker_model" "fraud" {
  primary_container {
    environment = {
      API_KEY = "kettle-and-cups" # expect
    }
  }
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_string = jsonencode({
    username = "orders"
    password = "kettle-and-cups" # expect
  })
}

resource "aws_mq_broker" "orders" {
  user {
    username = "orders"
    password = "kettle-and-cups" # expect
  }
}

resource "aws_opensearch_domain" "search" {
  advanced_security_options {
    master_user_options {
      master_user_password = "Kettle-and-cups-77" # expect
    }
  }
}

resource "aws_ssm_parameter" "text" {
  name  = "/orders/db_password"
  type  = "String" # expect
  value = "kettle-and-cups"
}

resource "random_password" "orders" {
  length = 32
}

resource "aws_ssm_parameter" "generated" {
  name  = "/orders/db/password"
  type  = "String" # expect
  value = random_password.orders.result
}

resource "aws_ssm_parameter" "written" {
  name  = "/orders/api_key"
  type  = "SecureString"
  value = "kettle-and-cups" # expect
}

resource "aws_elastic_beanstalk_environment" "with_database" {
  setting {
    namespace = "aws:rds:dbinstance"
    name      = "DBPassword"
    value     = "kettle-and-cups" # expect
  }
}
