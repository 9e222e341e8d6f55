# The image for jobs of GitLab, Azure Pipelines, Bitbucket and others: git, Node and the command "linekeeper".
# Its context is the folder that "npx tsx scripts/image.ts FOLDER" makes: docker build FOLDER
FROM node:22-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
 && rm -rf /var/lib/apt/lists/*
COPY . /opt/linekeeper
# Jobs run as another user than the one who owns the clone.
RUN printf '#!/bin/sh\nexec node /opt/linekeeper/dist/cli.js "$@"\n' > /usr/local/bin/linekeeper \
 && chmod 755 /usr/local/bin/linekeeper \
 && git config --system --add safe.directory '*' \
 && linekeeper --version
