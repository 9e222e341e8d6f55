/** A shop as it was before anything broke: its manifests and infrastructure, and its programs. */
import { PROGRAMS } from './programs';

const deployment = (name: string, memory: string, port = 8080): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
    team: shop
spec:
  replicas: 3
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      serviceAccountName: ${name}
      containers:
        - name: ${name}
          image: registry.example/shop/${name}:2.4.1
          ports:
            - containerPort: ${String(port)}
          env:
            - name: LOG_LEVEL
              value: info
            - name: DATABASE_URL
              valueFrom:
                secretKeyRef:
                  name: ${name}-db
                  key: url
            - name: PAYMENTS_URL
              value: http://payments.shop.svc:8080
          resources:
            requests:
              cpu: 250m
              memory: 128Mi
            limits:
              cpu: "1"
              memory: ${memory}
          readinessProbe:
            httpGet:
              path: /healthz
              port: ${String(port)}
            initialDelaySeconds: 20
            periodSeconds: 10
          livenessProbe:
            httpGet:
              path: /healthz
              port: ${String(port)}
            initialDelaySeconds: 40
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  ports:
    - port: 80
      targetPort: ${String(port)}
`;

const VALUES = `global:
  registry: registry.example/shop
billing:
  replicaCount: 2
  image:
    repository: billing
    tag: 5.1.0
  resources:
    limits:
      memory: 1Gi
      cpu: 500m
  config:
    poolSize: 40
    currency: EUR
mailer:
  replicaCount: 1
  image:
    repository: mailer
    tag: 1.9.3
  resources:
    limits:
      memory: 256Mi
      cpu: 200m
  smtp:
    host: smtp.internal.example
    port: 587
search:
  replicaCount: 4
  image:
    repository: search
    tag: 3.0.2
  resources:
    limits:
      memory: 2Gi
      cpu: 1500m
  cache:
    ttlSeconds: 300
`;

const lambda = (name: string, timeout: number, memory: number): string => `resource "aws_lambda_function" "${name}" {
  function_name = "${name.replaceAll('_', '-')}"
  role          = aws_iam_role.${name}.arn
  handler       = "index.handler"
  timeout       = ${String(timeout)}
  memory_size   = ${String(memory)}
  environment {
    variables = {
      BUCKET = "acme-invoices"
      STAGE  = "production"
    }
  }
}
`;

const policy = (
  name: string,
  actions: readonly string[],
  resource: string,
): string => `data "aws_iam_policy_document" "${name}" {
  statement {
    effect = "Allow"
    actions = [
${actions.map((action) => `      "${action}",`).join('\n')}
    ]
    resources = ["${resource}"]
  }
}
`;

export const BASE: Readonly<Record<string, string>> = {
  ...PROGRAMS,
  'k8s/orders/deployment.yaml': deployment('orders', '512Mi'),
  'k8s/checkout/deployment.yaml': deployment('checkout', '512Mi', 3000),
  'k8s/inventory/deployment.yaml': deployment('inventory', '384Mi'),
  'k8s/gateway/deployment.yaml': deployment('gateway', '256Mi', 8000),
  'k8s/recommendations/deployment.yaml': deployment('recommendations', '768Mi'),
  'k8s/gateway/ingress.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: gateway
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "60"
    nginx.ingress.kubernetes.io/proxy-body-size: 20m
spec:
  tls:
    - hosts: [shop.example]
      secretName: shop-tls
  rules:
    - host: shop.example
      http:
        paths:
          - path: /api/orders
            backend: { service: { name: orders, port: { number: 80 } } }
          - path: /api/inventory
            backend: { service: { name: inventory, port: { number: 80 } } }
          - path: /
            backend: { service: { name: gateway, port: { number: 80 } } }
`,
  'k8s/certificates.yaml': `apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: shop-tls
spec:
  secretName: shop-tls
  dnsNames:
    - shop.example
    - api.shop.example
  issuerRef:
    name: letsencrypt
    kind: ClusterIssuer
`,
  'k8s/network/policies.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: inventory
spec:
  podSelector:
    matchLabels:
      app: inventory
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: gateway
        - podSelector:
            matchLabels:
              app: checkout
      ports:
        - port: 8080
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: orders
spec:
  podSelector:
    matchLabels:
      app: orders
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app: gateway
`,
  'k8s/rbac.yaml': `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: recommendations
rules:
  - apiGroups: [""]
    resources: [configmaps, endpoints]
    verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: recommendations
subjects:
  - kind: ServiceAccount
    name: recommendations
roleRef:
  kind: Role
  name: recommendations
`,
  'k8s/jobs/nightly-report.yaml': `apiVersion: batch/v1
kind: CronJob
metadata:
  name: nightly-report
spec:
  schedule: "15 2 * * *"
  timeZone: Etc/UTC
  suspend: false
  concurrencyPolicy: Forbid
  startingDeadlineSeconds: 600
  jobTemplate:
    spec:
      activeDeadlineSeconds: 7200
      template:
        spec:
          containers:
            - name: report
              image: registry.example/shop/report:1.4.0
`,
  'k8s/jobs/stock-sync.yaml': `apiVersion: batch/v1
kind: CronJob
metadata:
  name: stock-sync
spec:
  schedule: "*/10 * * * *"
  suspend: false
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: sync
              image: registry.example/shop/sync:1.1.0
`,
  'overlays/production/kustomization.yaml': `resources: [../../k8s]
images:
  - name: registry.example/shop/checkout
    newTag: 2.4.1
  - name: registry.example/shop/gateway
    newTag: 2.4.1
patches:
  - target:
      kind: Deployment
      name: recommendations
    patch: |-
      - op: replace
        path: /spec/template/spec/containers/0/livenessProbe/initialDelaySeconds
        value: 90
  - target:
      kind: Deployment
      name: gateway
    patch: |-
      - op: replace
        path: /spec/replicas
        value: 6
`,
  'charts/shop/values.yaml': VALUES,
  'infra/lambda/thumbnails.tf': lambda('make_thumbnails', 30, 1024),
  'infra/lambda/exports.tf': lambda('export_orders', 120, 512),
  'infra/iam/invoices.tf': policy(
    'invoice_reader',
    ['s3:GetObject', 's3:ListBucket', 'kms:Decrypt'],
    'arn:aws:s3:::acme-invoices/*',
  ),
  'infra/iam/exports.tf': policy(
    'export_orders',
    ['s3:PutObject', 's3:GetObject', 'sqs:SendMessage'],
    'arn:aws:s3:::acme-exports/*',
  ),
  'infra/iam/deployer.json': `${JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Deploy', Effect: 'Allow', Action: ['ecs:UpdateService', 'ecs:DescribeServices', 'iam:PassRole'], Resource: '*' }] }, null, 2)}\n`,
  'infra/gcp/bindings.tf': `resource "google_project_iam_member" "analytics_storage" {
  project = "acme-shop"
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:analytics@acme-shop.iam.gserviceaccount.com"
}

resource "google_project_iam_member" "analytics_query" {
  project = "acme-shop"
  role    = "roles/bigquery.jobUser"
  member  = "serviceAccount:analytics@acme-shop.iam.gserviceaccount.com"
}
`,
  'infra/network/database.tf': `resource "aws_security_group" "orders_database" {
  name = "orders-database"
}

resource "aws_security_group_rule" "orders_database_from_cluster" {
  type              = "ingress"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  cidr_blocks       = ["10.20.0.0/16"]
  security_group_id = aws_security_group.orders_database.id
}

resource "aws_security_group_rule" "orders_database_from_office" {
  type              = "ingress"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  cidr_blocks       = ["10.99.0.0/24"]
  security_group_id = aws_security_group.orders_database.id
}
`,
  'infra/queues.tf': `resource "aws_sqs_queue" "shipments" {
  name                       = "shipments"
  visibility_timeout_seconds = 300
  message_retention_seconds  = 345600
}

resource "aws_sqs_queue" "receipts" {
  name                       = "receipts"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 86400
}
`,
  'infra/tables.tf': `resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PROVISIONED"
  read_capacity  = 200
  write_capacity = 80
  hash_key     = "id"
}

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
}
`,
  'infra/dns.tf': `resource "aws_route53_record" "search_cluster" {
  zone_id = "Z1"
  name    = "search-cluster.internal.example"
  type    = "CNAME"
  ttl     = 60
  records = ["es-1.internal.example"]
}

resource "aws_route53_record" "ledger_replica" {
  zone_id = "Z1"
  name    = "ledger-replica.internal.example"
  type    = "CNAME"
  ttl     = 60
  records = ["pg-7.internal.example"]
}
`,
};
