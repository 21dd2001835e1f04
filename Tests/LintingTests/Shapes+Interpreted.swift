extension Shape {
    /// Programs that are run as they are.
    static let interpreted = [
        Shape(
            "Node, with the pages on nginx",
            stages: ["build", ""],
            images: ["1 docker.io/node:22-alpine", "8 docker.io/nginx:stable-alpine"],
            findings: ["1 unpinned-stage", "8 tag-without-digest"],
            """
            FROM node:22-alpine AS build
            WORKDIR /app
            COPY package*.json ./
            RUN npm ci
            COPY . .
            RUN npm run build

            FROM nginx:stable-alpine
            COPY --from=build /app/dist /usr/share/nginx/html
            COPY <<EOF /etc/nginx/conf.d/default.conf
            server {
              listen 80;
              # FROM nowhere:1
              location / { try_files $uri /index.html; }
            }
            EOF
            """
        ),
        Shape(
            "Node, all stages on one",
            stages: ["base", "deps", "builder", "runner"],
            images: ["1 docker.io/node:22-alpine3.22@\(digest)"],
            findings: [],
            """
            FROM node:22-alpine3.22@\(digest) AS base
            FROM base AS deps
            COPY package.json pnpm-lock.yaml* .npmrc* ./
            RUN corepack enable pnpm && pnpm i --frozen-lockfile
            FROM base AS builder
            COPY --from=deps /app/node_modules ./node_modules
            RUN pnpm run build
            FROM base AS runner
            ENV NODE_ENV=production
            COPY --from=builder --chown=nextjs:nodejs /app/.next/standalone ./
            CMD ["node", "server.js"]
            """
        ),
        Shape(
            "Python with a tool from another image",
            stages: [""],
            images: ["1 docker.io/python:3.13-slim-bookworm", "2 ghcr.io/astral-sh/uv:0.8.4"],
            findings: ["1 tag-without-digest", "2 unpinned-source"],
            """
            FROM python:3.13-slim-bookworm
            COPY --from=ghcr.io/astral-sh/uv:0.8.4 /uv /uvx /bin/
            COPY . /app
            WORKDIR /app
            RUN uv sync --locked
            CMD ["uv", "run", "app"]
            """
        ),
        Shape(
            "Python with a tool mounted",
            stages: ["builder", ""],
            images: [
                "2 docker.io/python:3.13-slim", "3 ghcr.io/astral-sh/uv", "4 ghcr.io/astral-sh/uv",
                "9 docker.io/python:3.13-slim",
            ],
            findings: [
                "2 unpinned-stage", "3 no-tag", "4 no-tag", "9 tag-without-digest",
            ],
            """
            ARG PYTHON=3.13
            FROM python:${PYTHON}-slim AS builder
            RUN --mount=from=ghcr.io/astral-sh/uv,source=/uv,target=/bin/uv \\
                --mount=type=bind,from=ghcr.io/astral-sh/uv,source=/uvx,target=/bin/uvx \\
                --mount=type=cache,target=/root/.cache/uv \\
                --mount=type=secret,id=netrc,target=/root/.netrc \\
                uv sync --locked --no-install-project

            FROM python:$PYTHON-slim
            COPY --from=builder /app/.venv /app/.venv
            """
        ),
        Shape(
            "Python with exported requirements",
            stages: ["requirements-stage", ""],
            images: ["1 docker.io/python:3.12", "7 docker.io/python:3.12"],
            findings: ["1 unpinned-stage", "7 tag-without-digest"],
            """
            FROM python:3.12 as requirements-stage
            WORKDIR /tmp
            RUN pip install poetry
            COPY ./pyproject.toml ./poetry.lock* /tmp/
            RUN poetry export -f requirements.txt --output requirements.txt --without-hashes

            FROM python:3.12
            COPY --from=requirements-stage /tmp/requirements.txt /code/requirements.txt
            RUN pip install --no-cache-dir --upgrade -r /code/requirements.txt
            """
        ),
        Shape(
            "PHP with composer from its image",
            stages: [""],
            images: [
                "1 docker.io/php:8.4-apache", "5 docker.io/composer:2", "6 docker.io/mlocati/php-extension-installer",
            ],
            findings: ["1 tag-without-digest", "5 unpinned-source", "6 no-tag"],
            """
            FROM php:8.4-apache

            RUN apt-get update && apt-get install -y --no-install-recommends \\
                git unzip && rm -rf /var/lib/apt/lists/*
            COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
            COPY --from=mlocati/php-extension-installer /usr/bin/install-php-extensions /usr/local/bin/
            RUN install-php-extensions intl pdo_pgsql
            ENV APACHE_DOCUMENT_ROOT=/var/www/html/public
            RUN sed -ri -e "s!/var/www/html!${APACHE_DOCUMENT_ROOT}!g" /etc/apache2/sites-available/*.conf
            """
        ),
        Shape(
            "Rails, with a check of the file",
            stages: ["base", "build", ""],
            images: ["2 docker.io/docker/dockerfile:1", "6 docker.io/ruby:3.4.5-slim"],
            findings: ["2 unpinned-frontend", "6 tag-without-digest"],
            """
            # check=error=true
            # syntax = docker/dockerfile:1

            # Make sure RUBY_VERSION matches the Ruby version in .ruby-version
            ARG RUBY_VERSION=3.4.5
            FROM docker.io/library/ruby:$RUBY_VERSION-slim AS base
            WORKDIR /rails
            ENV RAILS_ENV="production" \\
                BUNDLE_PATH="/usr/local/bundle"
            FROM base AS build
            COPY Gemfile Gemfile.lock ./
            RUN bundle install
            FROM base
            COPY --from=build "${BUNDLE_PATH}" "${BUNDLE_PATH}"
            COPY --from=build /rails /rails
            CMD ["./bin/thrust", "./bin/rails", "server"]
            """
        ),
        Shape(
            "Phoenix, with builder and runner put together",
            stages: ["builder", "final"],
            images: [
                "8 docker.io/hexpm/elixir:1.18.4-erlang-28.0.2-debian-bookworm-20250721-slim",
                "11 docker.io/debian:bookworm-20250721-slim",
            ],
            findings: ["8 unpinned-stage", "11 tag-without-digest"],
            """
            ARG ELIXIR_VERSION=1.18.4
            ARG OTP_VERSION=28.0.2
            ARG DEBIAN_VERSION=bookworm-20250721-slim

            ARG BUILDER_IMAGE="hexpm/elixir:${ELIXIR_VERSION}-erlang-${OTP_VERSION}-debian-${DEBIAN_VERSION}"
            ARG RUNNER_IMAGE="debian:${DEBIAN_VERSION}"

            FROM ${BUILDER_IMAGE} AS builder
            RUN mix local.hex --force && mix local.rebar --force

            FROM ${RUNNER_IMAGE} AS final
            COPY --from=builder --chown=nobody:root /app/_build/prod/rel/app ./
            """
        ),
        Shape(
            "a notebook on a base by argument",
            stages: [""],
            images: ["4 quay.io/jupyter/minimal-notebook"],
            findings: ["4 no-tag"],
            """
            ARG REGISTRY=quay.io
            ARG OWNER=jupyter
            ARG BASE_IMAGE=$REGISTRY/$OWNER/minimal-notebook
            FROM $BASE_IMAGE

            LABEL maintainer="Ada <ada@example.com>"
            SHELL ["/bin/bash", "-o", "pipefail", "-c"]
            USER root
            RUN mamba install --yes 'ipympl' 'scipy' && \\
                mamba clean --all -f -y
            USER ${NB_UID}
            """
        ),
        Shape(
            "Deno in one line",
            stages: [""],
            images: ["1 docker.io/denoland/deno:alpine-2.4.2"],
            findings: ["1 tag-without-digest"],
            "FROM denoland/deno:alpine-2.4.2\nCMD run -A main.ts"
        ),
    ]
}
