terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = var.region
}

# Every invoice since 2019 is in here.
resource "aws_db_instance" "costs" {
  identifier        = "costs-prod"
  engine            = "postgres"
  engine_version    = "17.5"
  instance_class    = "db.r6g.large"
  allocated_storage = 200
  username          = "costs"

  manage_master_user_password = true
  backup_retention_period     = 30
  deletion_protection         = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_ecs_service" "costs" {
  name          = "costs"
  cluster       = var.cluster
  desired_count = 3
}
