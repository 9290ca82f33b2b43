# The AWS half of the manual guide (https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn, steps 1 to 4, 7, 16 and 17) as
# Terraform's AWS provider has it, with two route tables in place of the default one. Endpoints and keys come from the
# environment that `sealane sandbox serve` prints. `terraform.py` drives it.
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

# Nothing is skipped: the provider asks who it is and what it may do, as it does of AWS.
provider "aws" {
  default_tags {
    tags = { sealane = var.link }
  }
}

variable "link" { type = string }
variable "vpc" { type = string }
variable "connection" { type = string }
variable "vlan" { type = number }
variable "bgp_key" { type = string }
variable "psk" { type = list(string) }

# What a later round changes in place.
variable "mtu" {
  type    = number
  default = 1500
}
variable "allowed" {
  type    = list(string)
  default = ["10.254.1.0/24"]
}
variable "dpd" {
  type    = number
  default = 30
}
variable "ecmp" {
  type    = string
  default = "enable"
}
variable "note" {
  type    = string
  default = "by terraform"
}
variable "sticky" {
  type    = string
  default = "disable"
}
variable "port" {
  type    = number
  default = 443
}
# Routes of the VPC lead to another network: the provider makes them anew.
variable "remote" {
  type    = string
  default = "10.2.0.0/16"
}
variable "accept" {
  type    = bool
  default = true
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_availability_zones" "all" { state = "available" }
data "aws_vpc" "app" { id = var.vpc }
data "aws_subnets" "app" {
  filter {
    name   = "vpc-id"
    values = [var.vpc]
  }
}
data "aws_subnet" "each" {
  for_each = toset(data.aws_subnets.app.ids)
  id       = each.key
}
data "aws_route_tables" "app" { vpc_id = var.vpc }
data "aws_network_acls" "app" { vpc_id = var.vpc }
data "aws_security_groups" "app" {
  filter {
    name   = "vpc-id"
    values = [var.vpc]
  }
}

resource "aws_dx_gateway" "link" {
  name            = "${var.link}-dxgw"
  amazon_side_asn = "64550"
}

resource "aws_ec2_transit_gateway" "link" {
  description                     = var.note
  amazon_side_asn                 = 65534
  transit_gateway_cidr_blocks     = ["10.254.1.0/24"]
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
  vpn_ecmp_support                = var.ecmp
  tags                            = { Name = "${var.link}-tgw" }
}

resource "aws_dx_gateway_association" "link" {
  dx_gateway_id         = aws_dx_gateway.link.id
  associated_gateway_id = aws_ec2_transit_gateway.link.id
  allowed_prefixes      = var.allowed
}

# By way of a local value: a data source that names a resource is read anew with each change of it, and what needs it is replaced.
locals {
  associated = [aws_dx_gateway_association.link.dx_gateway_id, aws_ec2_transit_gateway.link.id]
}

data "aws_ec2_transit_gateway_dx_gateway_attachment" "link" {
  dx_gateway_id      = local.associated[0]
  transit_gateway_id = local.associated[1]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "link" {
  transit_gateway_id                              = aws_ec2_transit_gateway.link.id
  vpc_id                                          = data.aws_vpc.app.id
  subnet_ids                                      = data.aws_subnets.app.ids
  appliance_mode_support                          = var.sticky
  transit_gateway_default_route_table_association = false
  transit_gateway_default_route_table_propagation = false
  tags                                            = { Name = "${var.link}-vpc" }
}

resource "aws_ec2_transit_gateway_route_table" "link" {
  for_each           = toset(["workload", "transport"])
  transit_gateway_id = aws_ec2_transit_gateway.link.id
  tags               = { Name = "${var.link}-${each.key}" }
}

locals {
  attachments = {
    vpc = ["workload", aws_ec2_transit_gateway_vpc_attachment.link.id]
    vpn = ["workload", aws_vpn_connection.link.transit_gateway_attachment_id]
    dx  = ["transport", data.aws_ec2_transit_gateway_dx_gateway_attachment.link.id]
  }
}

resource "aws_ec2_transit_gateway_route_table_association" "link" {
  for_each                       = local.attachments
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.link[each.value[0]].id
  transit_gateway_attachment_id  = each.value[1]
}

resource "aws_ec2_transit_gateway_route_table_propagation" "link" {
  for_each                       = local.attachments
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.link[each.value[0]].id
  transit_gateway_attachment_id  = each.value[1]
}

# A route that leads nowhere, as one writes against leaks.
resource "aws_ec2_transit_gateway_route" "nowhere" {
  destination_cidr_block         = "10.2.0.0/17"
  blackhole                      = true
  transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.link["transport"].id
}

resource "aws_route" "remote" {
  count                  = length(data.aws_route_tables.app.ids)
  route_table_id         = data.aws_route_tables.app.ids[count.index]
  destination_cidr_block = var.remote
  transit_gateway_id     = aws_ec2_transit_gateway_vpc_attachment.link.transit_gateway_id
}

resource "aws_vpc_security_group_ingress_rule" "remote" {
  security_group_id = data.aws_security_groups.app.ids[0]
  cidr_ipv4         = "10.2.0.0/16"
  ip_protocol       = "tcp"
  from_port         = var.port
  to_port           = var.port
}

# The provider cannot import an acceptance: there is nothing of it in AWS once the connection stands.
resource "aws_dx_connection_confirmation" "link" {
  count         = var.accept ? 1 : 0
  connection_id = var.connection
}

resource "aws_dx_transit_virtual_interface" "link" {
  connection_id    = var.connection
  dx_gateway_id    = aws_dx_gateway.link.id
  name             = "${var.link}-vif"
  vlan             = var.vlan
  address_family   = "ipv4"
  bgp_asn          = 133937
  bgp_auth_key     = var.bgp_key
  amazon_address   = "192.168.100.2/30"
  customer_address = "192.168.100.1/30"
  mtu              = var.mtu
  depends_on       = [aws_dx_connection_confirmation.link]
}

resource "aws_customer_gateway" "link" {
  type        = "ipsec.1"
  bgp_asn     = 65515
  ip_address  = "10.2.0.6"
  device_name = "${var.link}-cgw"
  tags        = { Name = "${var.link}-cgw" }
}

resource "aws_vpn_connection" "link" {
  type                                    = "ipsec.1"
  customer_gateway_id                     = aws_customer_gateway.link.id
  transit_gateway_id                      = aws_ec2_transit_gateway.link.id
  outside_ip_address_type                 = "PrivateIpv4"
  transport_transit_gateway_attachment_id = data.aws_ec2_transit_gateway_dx_gateway_attachment.link.id
  static_routes_only                      = false
  tags                                    = { Name = "${var.link}-vpn" }

  tunnel1_inside_cidr                  = "169.254.21.0/30"
  tunnel1_preshared_key                = var.psk[0]
  tunnel1_ike_versions                 = ["ikev2"]
  tunnel1_phase1_encryption_algorithms = ["AES256"]
  tunnel1_phase1_integrity_algorithms  = ["SHA2-256"]
  tunnel1_phase1_dh_group_numbers      = [14]
  tunnel1_phase1_lifetime_seconds      = 28800
  tunnel1_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel1_phase2_integrity_algorithms  = ["SHA2-256"]
  tunnel1_phase2_dh_group_numbers      = [14]
  tunnel1_phase2_lifetime_seconds      = 3600
  tunnel1_dpd_timeout_seconds          = var.dpd
  tunnel1_dpd_timeout_action           = "restart"
  tunnel1_startup_action               = "start"

  tunnel2_inside_cidr                  = "169.254.22.0/30"
  tunnel2_preshared_key                = var.psk[1]
  tunnel2_ike_versions                 = ["ikev2"]
  tunnel2_phase1_encryption_algorithms = ["AES256"]
  tunnel2_phase1_integrity_algorithms  = ["SHA2-256"]
  tunnel2_phase1_dh_group_numbers      = [14]
  tunnel2_phase1_lifetime_seconds      = 28800
  tunnel2_phase2_encryption_algorithms = ["AES256-GCM-16"]
  tunnel2_phase2_integrity_algorithms  = ["SHA2-256"]
  tunnel2_phase2_dh_group_numbers      = [14]
  tunnel2_phase2_lifetime_seconds      = 3600
  tunnel2_dpd_timeout_seconds          = var.dpd
  tunnel2_dpd_timeout_action           = "restart"
  tunnel2_startup_action               = "start"
}

output "endpoints" {
  value = [aws_vpn_connection.link.tunnel1_address, aws_vpn_connection.link.tunnel2_address]
}
output "account" { value = data.aws_caller_identity.me.account_id }
output "region" { value = data.aws_region.here.name }
output "zones" { value = data.aws_availability_zones.all.names }
output "vpc_cidr" { value = data.aws_vpc.app.cidr_block }
output "acls" { value = data.aws_network_acls.app.ids }
