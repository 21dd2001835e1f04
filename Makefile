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

.PHONY: build test demo lint format docs check-sarif release check-release clean

build:
	scripts/install-packages.sh build
	$(SWIFT) build --product tagboat

test:
	scripts/install-packages.sh build test
	$(SWIFT) build --build-tests
	$(TEST) --skip '$(FAULTS)|$(THOROUGH)'
	$(TEST) --filter '$(FAULTS)'
	$(TEST) --filter '$(THOROUGH)'

demo: build
	demo/demo.sh $(TAGBOAT)

lint:
	$(SWIFT) format lint --strict --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --recursive $(SOURCES)

# The command reference is what --help prints, the schema what `config schema` does; tests check that both are up to date.
docs: build
	scripts/write-command-reference.sh $(TAGBOAT) > docs/commands.md
	$(TAGBOAT) config schema > docs/tagboat.schema.json

# The logs of `tagboat lint` against the schema of the SARIF standard.
check-sarif: build
	scripts/install-packages.sh sarif
	scripts/check-sarif.sh $(TAGBOAT)

release:
	scripts/install-packages.sh build
	$(SWIFT) build -c release --product tagboat --static-swift-stdlib -Xlinker --gc-sections -Xlinker -s

check-release: release
	scripts/install-packages.sh release
	scripts/check-linkage.sh .build/release/tagboat

clean:
	$(SWIFT) package clean
