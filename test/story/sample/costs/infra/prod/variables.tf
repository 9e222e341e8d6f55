variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "cluster" {
  type        = string
  description = "The cluster that the service runs in"
}
