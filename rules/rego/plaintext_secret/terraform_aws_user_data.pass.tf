resource "aws_instance" "worker" {
  user_data = <<-EOF
    #!/bin/bash
    export REGION=eu-central-1
    export DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id db --query SecretString)
    API_KEY=$1
    TOKEN=`curl -s http://169.254.169.254/latest/api/token`
    password = os.environ("DB_PASSWORD")
    SECRET_NAME=orders/db
    PASSWORD=changeme
    systemctl start shop
  EOF
}

resource "aws_launch_template" "nodes" {
  user_data = base64encode("#!/bin/bash\n/opt/start --cluster shop\n")
}

resource "aws_launch_template" "binary" {
  user_data = "H4sIAAAAAAAAA0tJTU4tSk0pSk0FAA=="
}
