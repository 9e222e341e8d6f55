/** The shop's programs in three languages, their settings, libraries and migrations. */

const module = (name: string, exported: readonly string[]): string =>
  `import { log } from '../log';\n\n${exported
    .map(
      (one, at) =>
        `export function ${one}(input: unknown): unknown {\n  log('${name} ${one}');\n  const value = normalize(input, ${String(at)});\n  if (value === undefined) return null;\n  return value;\n}\n`,
    )
    .join('\n')}`;

const lock = (versions: Readonly<Record<string, string>>): string =>
  `${JSON.stringify(
    {
      name: 'shop',
      lockfileVersion: 3,
      packages: Object.fromEntries(
        Object.entries(versions).map(([name, version]) => [
          `node_modules/${name}`,
          { version, resolved: `https://registry.example/${name}/-/${name}-${version}.tgz`, license: 'MIT' },
        ]),
      ),
    },
    null,
    2,
  )}\n`;

const NPM = {
  express: '4.19.2',
  pg: '8.11.3',
  'pg-pool': '3.6.1',
  '@aws-sdk/client-s3': '3.540.0',
  pino: '8.20.0',
  zod: '3.22.4',
  undici: '6.10.1',
};

export const PROGRAMS: Readonly<Record<string, string>> = {
  'config/flags.yaml': `flags:
  new-checkout:
    enabled: false
    rollout: 0
  fast-search:
    enabled: true
    rollout: 100
  split-shipments:
    enabled: false
    rollout: 0
`,
  'config/limits.yaml': `rateLimits:
  public:
    requestsPerMinute: 600
    burst: 100
  partners:
    requestsPerMinute: 6000
    burst: 900
timeouts:
  payments: 8000
  inventory: 2000
`,
  'config/orders.properties': `spring.datasource.url=jdbc:postgresql://orders-primary.internal.example:5432/orders
spring.datasource.username=orders_app
spring.datasource.hikari.maximum-pool-size=30
spring.datasource.hikari.connection-timeout=5000
server.port=8080
`,
  'config/nginx.conf': `server {
  listen 443 ssl;
  ssl_protocols TLSv1.2 TLSv1.3;
  client_max_body_size 20m;
  location /downloads {
    proxy_pass http://files:8080;
    proxy_read_timeout 120s;
  }
  location /partners {
    proxy_pass http://partners:8080;
    proxy_read_timeout 30s;
  }
}
`,
  'config/logging.yaml': `handlers:
  access:
    file: /var/log/shop/access.log
    rotate: daily
    keep: 7
  audit:
    file: /var/log/shop/audit.log
    rotate: daily
    keep: 30
`,
  'package.json': `${JSON.stringify({ name: 'shop', dependencies: Object.fromEntries(Object.entries(NPM).map(([name, version]) => [name, `^${version}`])) }, null, 2)}\n`,
  'package-lock.json': lock(NPM),
  'analytics/requirements.txt':
    'pandas==2.1.4\nnumpy==1.26.4\nrequests==2.31.0\npsycopg2-binary==2.9.9\npyyaml==6.0.1\njinja2==3.1.3\n',
  'ledger/pom.xml': `<project>
  <dependencies>
    <dependency>
      <groupId>org.postgresql</groupId>
      <artifactId>postgresql</artifactId>
      <version>42.6.0</version>
    </dependency>
    <dependency>
      <groupId>com.fasterxml.jackson.core</groupId>
      <artifactId>jackson-databind</artifactId>
      <version>2.15.3</version>
    </dependency>
    <dependency>
      <groupId>io.micrometer</groupId>
      <artifactId>micrometer-core</artifactId>
      <version>1.12.0</version>
    </dependency>
  </dependencies>
</project>
`,
  'admin/Gemfile.lock': `GEM
  remote: https://gems.example/
  specs:
    devise (4.9.3)
    nokogiri (1.16.2)
    rack (2.2.8)
    sidekiq (7.2.2)
`,
  'src/log.ts': 'export const log = (text: string): void => console.log(text);\n',
  'src/prices/convert.ts': module('prices', ['convertPrice', 'roundPrice', 'formatPrice']),
  'src/carts/merge.ts': module('carts', ['mergeCarts', 'emptyCart', 'cartTotal']),
  'src/shipping/labels.ts': module('shipping', ['printLabel', 'voidLabel', 'labelCost']),
  'src/refunds/issue.ts': module('refunds', ['issueRefund', 'cancelRefund', 'refundable']),
  'src/http/routes.ts': `import { Router } from 'express';

export const router = Router();
router.get('/api/v1/wishlists/:id', (request, response) => response.json({}));
router.post('/api/v1/wishlists', (request, response) => response.json({}));
router.get('/api/v1/vouchers/:code', (request, response) => response.json({}));
router.post('/api/v1/vouchers/redeem', (request, response) => response.json({}));
router.get('/api/v1/stores', (request, response) => response.json({}));
`,
  'src/http/cors.ts': `export const origins = ['https://shop.example', 'https://partners.example', 'https://admin.shop.example'];
export const methods = ['GET', 'POST', 'PUT'];
`,
  'src/http/tokens.ts': `export const options = {
  audience: 'shop-api',
  issuer: 'https://id.example',
  clockTolerance: 30,
};
`,
  'src/db/pool.ts': `export const pool = {
  host: process.env.DB_HOST,
  max: 40,
  idleTimeoutMillis: 30_000,
  connectionTimeoutMillis: 2_000,
};
`,
  'src/search/query.ts': module('search', ['buildQuery', 'parseFacets', 'rankResults']),
  'analytics/jobs/daily.py': `import pandas as pd
from analytics.store import load_events, save_summary

def summarise(day):
    events = load_events(day)
    grouped = events.groupby("country")
    totals = grouped["amount"].sum()
    save_summary(day, totals)
    return totals
`,
  'analytics/store.py': `import os

def load_events(day):
    return read(os.environ["EVENTS_BUCKET"], day)

def save_summary(day, totals):
    write(os.environ["SUMMARY_BUCKET"], day, totals)
`,
  'db/migrations/0041_orders.sql':
    'CREATE TABLE order_items (id bigint PRIMARY KEY, order_id bigint, sku text, discount_code text);\n',
  'db/migrations/0042_customers.sql':
    'CREATE TABLE customer_addresses (id bigint PRIMARY KEY, customer_id bigint, street text, postcode varchar(12));\n',
  'docs/runbook.md': '# Runbook\n\nWhat to do when it is down.\n',
  'README.md': '# Shop\n',
};
