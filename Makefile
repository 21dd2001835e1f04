# Everything is built in the debug configuration, so that one build serves `test` and `demo`;
# `make release` builds what is shipped.
SWIFT ?= swift
TAGBOAT = .build/debug/tagboat
SOURCES = Package.swift Sources Tests
# Most tests start programs, so not many run at once: else they wait for each other until their time is up.
WIDTH = 6
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = $(WIDTH)
TEST = $(SWIFT) test --skip-build --experimental-maximum-parallelization-width $(WIDTH)
# What lets servers fail by the hundred, and what keeps every processor busy, runs by itself.
FAULTS = FaultMatrixTests|FaultyReleaseTests|HostileAddressTests
THOROUGH = FuzzTests|ReleaseHistoryTests

.PHONY: build test check-pipelines demo lint format docs release check-release dist check-dist clean

build:
	scripts/install-packages.sh build
	$(SWIFT) build --product tagboat

test:
	scripts/install-packages.sh build test
	$(SWIFT) build --build-tests
	$(TEST) --skip '$(FAULTS)|$(THOROUGH)'
	$(TEST) --filter '$(FAULTS)'
	$(TEST) --filter '$(THOROUGH)'

# What `tagboat init` writes, by the schemas and linters of the CI systems.
check-pipelines: build
	scripts/install-packages.sh pipelines
	scripts/check-pipelines.sh $(TAGBOAT)

demo: build
	demo/demo.sh $(TAGBOAT)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

# The command reference is what --help prints, the schema what `config schema` does, the picture the end of the demo;
# tests check that all are up to date.
docs: build
	scripts/write-command-reference.sh $(TAGBOAT) > docs/commands.md
	$(TAGBOAT) config schema > docs/tagboat.schema.json
	demo/demo.sh $(TAGBOAT) docs/images/history.svg > /dev/null

release:
	scripts/install-packages.sh build
	$(SWIFT) build -c release --product tagboat --static-swift-stdlib --disable-local-rpath -Xlinker --gc-sections -Xlinker -s

check-release: release
	scripts/install-packages.sh release
	scripts/check-linkage.sh .build/release/tagboat

# Everything that is shipped, in dist/: tarball, Debian package, container image, bill of materials, checksums.
dist: check-release
	scripts/install-packages.sh dist
	packaging/make-dist.sh .build/release dist

check-dist: dist
	scripts/install-packages.sh check-dist
	scripts/check-dist.sh .build/release dist

clean:
	$(SWIFT) package clean
