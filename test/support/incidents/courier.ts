/** A courier as it was before anything broke: a shop window, a GraphQL server, workers, a proxy and a cluster. */

const workload = (name: string, port: number, memory: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app: ${name}
    team: delivery
spec:
  replicas: 3
  strategy:
    type: RollingUpdate
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
        tier: backend
    spec:
      securityContext:
        runAsUser: 0
        fsGroup: 2000
      containers:
        - name: ${name}
          image: registry.example/courier/${name}:1.8.0
          env:
            - name: LOG_LEVEL
              value: info
          ports:
            - containerPort: ${String(port)}
          resources:
            requests:
              cpu: 250m
              memory: ${memory}
            limits:
              memory: ${memory}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
    tier: backend
  ports:
    - port: 80
      targetPort: ${String(port)}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef:
    kind: Deployment
    name: ${name}
  minReplicas: 3
  maxReplicas: 12
`;

export const COURIER: Readonly<Record<string, string>> = {
  'deploy/tracking.yaml': workload('tracking', 8080, '512Mi'),
  'deploy/quotes.yaml': workload('quotes', 9000, '384Mi'),
  'deploy/proofs.yaml': workload('proofs', 3000, '256Mi'),
  'deploy/drivers.yaml': workload('drivers', 8081, '512Mi'),
  'deploy/quota.yaml': `apiVersion: v1
kind: ResourceQuota
metadata:
  name: compute
  namespace: courier
spec:
  hard:
    limits.memory: 64Gi
    requests.cpu: "40"
    pods: "120"
`,
  'haproxy/haproxy.cfg': `global
  maxconn 20000
defaults
  mode http
  timeout connect 4s
  timeout client 40s
  timeout server 40s
frontend public
  bind :443 ssl crt /etc/haproxy/certs/
  acl labels path_beg /labels
  use_backend labels if labels
  default_backend site
backend site
  balance leastconn
  option httpchk GET /up
  http-check expect status 200
  server site1 10.4.0.11:3000 check
  server site2 10.4.0.12:3000 check
backend labels
  balance roundrobin
  option httpchk GET /ready
  http-check expect status 200
  server labels1 10.4.0.21:7000 check
  server labels2 10.4.0.22:7000 check
`,
  'site/next.config.mjs': `const policy = [
  "default-src 'self'",
  "script-src 'self' https://js.pay.example https://maps.tiles.example",
  "connect-src 'self' https://api.courier.example wss://live.courier.example",
  "img-src 'self' data: https://cdn.courier.example",
].join('; ');

export default {
  poweredByHeader: false,
  images: { domains: ['cdn.courier.example'] },
  async headers() {
    return [{ source: '/(.*)', headers: [
      { key: 'Content-Security-Policy', value: policy },
      { key: 'X-Frame-Options', value: 'DENY' },
      { key: 'Cache-Control', value: 'private, no-store' },
    ] }];
  },
};
`,
  'site/middleware.ts': `import { NextResponse, type NextRequest } from 'next/server';

export function middleware(request: NextRequest): NextResponse {
  const url = request.nextUrl.clone();
  if (request.headers.get('x-forwarded-proto') === 'http') {
    url.protocol = 'https';
    return NextResponse.redirect(url, 308);
  }
  if (url.pathname === '/track') {
    url.pathname = '/tracking';
    return NextResponse.redirect(url);
  }
  return NextResponse.next();
}
`,
  'site/queries/shipment.ts': `export const SHIPMENT = \`
  query Shipment($code: String!) {
    shipment(code: $code) { code status eta depot { name } }
  }\`;
`,
  'site/public/robots.txt': 'User-agent: *\nDisallow: /account\nSitemap: https://courier.example/sitemap.xml\n',
  'graph/schema.graphql': `type Query {
  shipment(code: String!): Shipment
  quote(from: String!, to: String!, grams: Int!): Quote
}

type Shipment {
  code: String!
  status: Status!
  eta: String
  depot: Depot
  weight: Int
}

type Depot {
  name: String!
  city: String
}

type Quote {
  cents: Int!
  currency: String!
}

enum Status { CREATED COLLECTED IN_TRANSIT DELIVERED }
`,
  'graph/resolvers.ts': `import { shipments } from './shipments';

export const resolvers = {
  Query: {
    shipment: (_: unknown, { code }: { code: string }) => shipments.byCode(code),
  },
  Shipment: {
    eta: (it: { eta?: Date }) => it.eta?.toISOString() ?? null,
    weight: (it: { grams: number }) => it.grams,
  },
};
`,
  'worker/tasks.py': `from celery import shared_task
from .push import send

@shared_task(name="courier.notify_driver", max_retries=3)
def notify_driver(driver, stop):
    send(driver, f"Next stop: {stop}")

@shared_task(name="courier.print_label", max_retries=5)
def print_label(code):
    from .labels import render
    return render(code)

@shared_task(name="courier.close_day")
def close_day(depot):
    from .ledger import close
    return close(depot)
`,
  'worker/celeryconfig.py': `broker_url = "amqp://broker.internal:5672/courier"
task_acks_late = True
worker_prefetch_multiplier = 4
task_time_limit = 300
beat_schedule = {
    "close-day": {"task": "courier.close_day", "schedule": 86400.0, "args": ["north"]},
}
`,
  'worker/push.py': `import os
import requests

def send(driver, text):
    return requests.post(os.environ["PUSH_URL"], json={"to": driver, "text": text}, timeout=5)
`,
  'worker/labels.py': `TEMPLATE = "labels/a6.zpl"

def render(code):
    with open(TEMPLATE, encoding="utf-8") as file:
        return file.read().replace("{{code}}", code)
`,
  'database/structure.sql': `CREATE TABLE shipments (
  id bigint PRIMARY KEY,
  tracking_code varchar(24) NOT NULL,
  depot_id integer,
  delivered_at timestamptz
);
CREATE INDEX shipments_by_code ON shipments (tracking_code);
CREATE INDEX shipments_by_depot ON shipments (depot_id);
CREATE TABLE scans (id bigint PRIMARY KEY, shipment_id bigint, at timestamptz);
CREATE INDEX scans_by_shipment ON scans (shipment_id);
`,
  'database/changes/0101_scans.sql': 'ALTER TABLE scans ADD COLUMN device varchar(40);\n',
  'docker/labels.Dockerfile': `FROM golang:1.22 AS build
ENV GOOS=linux GOARCH=amd64
WORKDIR /src
COPY labels .
RUN go build -o /labels .
FROM gcr.io/distroless/static
COPY --from=build /labels /labels
ENTRYPOINT ["/labels"]
`,
  'docker/site.Dockerfile': `FROM node:20-alpine
WORKDIR /app
COPY site .
RUN npm ci && npm run build
CMD ["npm", "start"]
`,
  '.github/workflows/release.yml': `name: release
on: { push: { tags: ['v*'] } }
jobs:
  images:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - uses: docker/build-push-action@v6
        with:
          file: docker/site.Dockerfile
          platforms: linux/amd64
          push: true
`,
  'observability/vector.toml': `[sources.pods]
type = "kubernetes_logs"

[transforms.trim]
type = "filter"
inputs = ["pods"]
condition = '.level != "debug"'

[sinks.store]
type = "loki"
inputs = ["trim"]
endpoint = "http://loki.internal:3100"
batch.max_bytes = 1000000
`,
  'observability/alerts.yaml': `groups:
  - name: courier
    rules:
      - alert: QuotesSlow
        expr: histogram_quantile(0.99, rate(quotes_seconds_bucket[5m])) > 2
        for: 10m
      - alert: NoScans
        expr: rate(scans_total[15m]) == 0
        for: 15m
`,
  'envoy/envoy.yaml': `clusters:
  - name: routing
    connect_timeout: 1s
    load_assignment: { cluster_name: routing, endpoints: [{ address: routing.internal, port: 50051 }] }
  - name: pricing
    connect_timeout: 1s
    load_assignment: { cluster_name: pricing, endpoints: [{ address: pricing.internal, port: 50052 }] }
routes:
  - match: { prefix: /routing.v1 }
    route: { cluster: routing, timeout: 5s, retry_policy: { retry_on: 5xx, num_retries: 2 } }
  - match: { prefix: /pricing.v1 }
    route: { cluster: pricing, timeout: 3s, retry_policy: { retry_on: 5xx, num_retries: 1 } }
`,
  'pricing/pricing.proto': `syntax = "proto3";
package pricing.v1;

service Pricing {
  rpc GetQuote (QuoteRequest) returns (Quote);
  rpc ListZones (ZonesRequest) returns (Zones);
}

message QuoteRequest { string from = 1; string to = 2; int32 grams = 3; }
message Quote { int64 cents = 1; string currency = 2; }
`,
  'pricing/quote.go': `package pricing

func Cents(grams int, zone int) int64 {
	base := int64(490)
	perKilo := int64(80)
	return base + perKilo*int64(grams/1000) + int64(zone)*120
}
`,
  'identity/clients.yaml': `clients:
  - id: courier-site
    redirect_uris: [https://courier.example/auth/callback, https://www.courier.example/auth/callback]
    scopes: [openid, profile]
  - id: driver-app
    redirect_uris: [courier://signed-in]
    scopes: [openid, offline_access, routes]
`,
  'cdn/default.vcl': `sub vcl_recv {
  if (req.url ~ "^/account" || req.http.Authorization) {
    return (pass);
  }
  unset req.http.Cookie;
}

sub vcl_backend_response {
  set beresp.ttl = 60s;
  set beresp.grace = 30s;
}
`,
  'terraform/edge.tf': `resource "aws_lb_target_group" "site" {
  name     = "site"
  port     = 3000
  protocol = "HTTP"
  health_check {
    path    = "/up"
    matcher = "200"
  }
}

resource "aws_s3_bucket_policy" "proofs" {
  bucket = "courier-proofs"
  policy = data.aws_iam_policy_document.proofs.json
}

resource "aws_lambda_function" "resize" {
  function_name = "resize-proofs"
  handler       = "resize.handler"
  runtime       = "nodejs20.x"
  timeout       = 20
}
`,
  'README.md': '# Courier\n',
};
