extension VersionedFileSample {
    static let json: [VersionedFileSample] = [
        VersionedFileSample("package.json", #"{"version":"⟦2.1.106⟧"}"#),
        // The same key nested, a dependency of the same version, and a text that looks like the key.
        VersionedFileSample(
            "web/package.json",
            """
            {
              "name": "a \\"version\\": \\"2.1.106\\"",
              "config": { "version": "2.1.106" },
              "dependencies": { "version": "2.1.106", "b": "2.1.106" },
              "engines": [{ "version": "2.1.106" }],
            \t"version" :\t"⟦2.1.106⟧",
              "scripts": { "version": "echo }" }
            }
            """
        ),
        VersionedFileSample(
            "package.json",
            "\u{FEFF}{\r\n  \"version\": \"⟦2.1.106⟧\",\r\n  \"x\": [1, -2.5e3, null]\r\n}\r\n"
        ),
        // A key may be written with escapes.
        VersionedFileSample("package.json", #"{"a\\":"\"","\u0076ersion":"⟦2.1.106⟧","versio":"1"}"#),
        VersionedFileSample("package.json", version: "0.0.0-dev", #"{"version": "⟦0.0.0-dev⟧"}"#),
        VersionedFileSample(
            "package-lock.json",
            """
            {
              "name": "a", "version": "⟦2.1.106⟧", "lockfileVersion": 3,
              "packages": {
                "": { "name": "a", "version": "⟦2.1.106⟧", "dependencies": { "b": "2.1.106" } },
                "node_modules/b": { "version": "2.1.106" }
              },
              "dependencies": { "b": { "version": "2.1.106" } }
            }
            """
        ),
        // Version 1 of the format has no packages.
        VersionedFileSample(
            "npm-shrinkwrap.json",
            #"{"version":"⟦2.1.106⟧","dependencies":{"":{"version":"2.1.106"}}}"#
        ),
        VersionedFileSample("composer.json", #"{"require":{"a/b":"2.1.106"},"version":"⟦2.1.106⟧"}"#),
        VersionedFileSample("vcpkg.json", #"{"version":"v⟦2.1.106⟧"}"#),
        VersionedFileSample(
            "lerna.json",
            keys: ["release.version", "a.\"b.c\".version"],
            #"{"version":"9","release":{"version":"⟦2.1.106⟧"},"a":{"b.c":{"version":"⟦2.1.106⟧"}}}"#
        ),
    ]

    static let toml: [VersionedFileSample] = [
        VersionedFileSample(
            "Cargo.toml",
            """
            # version = "2.1.106"
            [package] # [dependencies]
            name = "a"
            description = \"""
            [package]
            version = "2.1.106"
            \"""
            version = "⟦2.1.106⟧" # version = "2.1.106"
            notes = 'version = "2.1.106"'

            [package.metadata]
            version = "2.1.106"
            [dependencies]
            version = "2.1.106"
            b = { version = "2.1.106", features = ["x", "]"] }
            [dependencies.c]
            version = "2.1.106"
            """
        ),
        VersionedFileSample(
            "Cargo.toml",
            "[workspace]\r\nmembers = [\r\n  \"a\", # ]\r\n]\r\n[workspace.package]\r\nversion='⟦2.1.106⟧'\r\n[workspace.dependencies]\r\nb='2.1.106'"
        ),
        // A root package in its own workspace holds it once and inherits it.
        VersionedFileSample(
            "Cargo.toml",
            "[package]\nname='a'\nversion.workspace = true\n[workspace.package]\nversion = \"⟦2.1.106⟧\"\n"
        ),
        VersionedFileSample("Cargo.toml", "package = { name = \"a\", version = \"⟦2.1.106⟧\" }\n"),
        VersionedFileSample("Cargo.toml", "package.\"version\" = '⟦2.1.106⟧'\npackage.name = \"x\""),
        VersionedFileSample(
            "Cargo.lock",
            """
            version = 4
            [[package]]
            name = "b"
            version = "2.1.106"
            source = "registry+https://example.com"
            [[package]]
            name = "a"
            version = "⟦2.1.106⟧"
            dependencies = ["b"]
            """
        ),
        VersionedFileSample(
            "Cargo.lock",
            keys: ["a", "c"],
            """
            [[package]]
            name = "a"
            version = "⟦2.1.106⟧"
            [[package]]
            name = "b"
            version = "2.1.106"
            [[package]]
            version = "⟦2.1.106⟧"
            name = "c"
            """
        ),
        VersionedFileSample(
            "pyproject.toml",
            prerelease: "3.0.0rc1",
            """
            [project]
            name = "a"
            version = "⟦2.1.106⟧"
            dynamic = ["readme"]
            dependencies = ["b==2.1.106"]
            [tool.other]
            version = "2.1.106"
            """
        ),
        VersionedFileSample(
            "pyproject.toml",
            version: "2.2.0-rc.1",
            prerelease: "3.0.0rc1",
            "[tool.poetry]\nversion = '⟦2.2.0rc1⟧'\n[tool.poetry.dependencies]\npython = \"^3.9\"\n"
        ),
        VersionedFileSample(
            "release.toml",
            keys: ["tool.\"a.b\".version"],
            "version = \"1\"\n[tool.'a.b']\nversion = \"v⟦2.1.106⟧\"\n"
        ),
        // Four quotes in a row: one belongs to the text.
        VersionedFileSample(
            "Cargo.toml",
            "[package]\ndescription = \"\"\"a\"\"\"\"\nversion = \"⟦2.1.106⟧\"\nliteral = '''\\'''\nempty = ''\n"
        ),
    ]

    static let yaml: [VersionedFileSample] = [
        VersionedFileSample(
            "Chart.yaml",
            """
            # version: 2.1.106
            apiVersion: v2
            name: ui
            description: |
              version: 2.1.106
            version: ⟦2.1.106⟧ # version: 2.1.106
            appVersion: "⟦2.1.106⟧"
            dependencies:
            - name: redis
              version: 2.1.106
            - version: "2.1.106"
            annotations:
              version: 2.1.106
              text: >-
                a

                version: 2.1.106
            """
        ),
        VersionedFileSample("Chart.yaml", "---\r\nversion: '⟦2.1.106⟧'\r\nappVersion: v⟦2.1.106⟧\r\n"),
        VersionedFileSample("Chart.yaml", keys: ["version"], "version: ⟦2.1.106⟧\nappVersion: 1.27.0"),
        VersionedFileSample(
            "Chart.yaml",
            "description: it's \"version: 2.1.106\"\nkeywords: [a, 'b: ]',\n  version: 2.1.106]\n\"version\": !!str ⟦2.1.106⟧"
        ),
        // A value without quotes goes on where the lines are indented further, whatever they start with.
        VersionedFileSample(
            "Chart.yaml",
            "description: one\n  'tis \"two\n\n  [three\nkeywords:\n- a\n  'b\n- c\nversion:\n  ⟦2.1.106⟧\n"
        ),
        // The number of the build stays.
        VersionedFileSample(
            "pubspec.yaml",
            version: "2.1.106",
            prerelease: "3.0.0-rc.1+45",
            "name: ui\nversion: ⟦2.1.106+45⟧\ndependencies:\n  b: 2.1.106\n"
        ),
        VersionedFileSample(
            "values.yaml",
            keys: ["image.tag", "jobs.1.tag"],
            "image:\n  repository: ghcr.io/acme/ui\n  tag: ⟦2.1.106⟧\njobs:\n  - tag: 2.1.106\n  -   name: x\n      tag: \"⟦2.1.106⟧\"\ntag: 2.1.106\n"
        ),
    ]

    static let xml: [VersionedFileSample] = [
        VersionedFileSample(
            "pom.xml",
            """
            <?xml version="1.0"?>
            <!-- <version>2.1.106</version> -->
            <project xmlns="http://maven.apache.org/POM/4.0.0" version="2.1.106">
              <parent><groupId>g</groupId><version>2.1.106</version></parent>
              <artifactId>a</artifactId>
              <version>
                ⟦2.1.106⟧<!-- 2.1.106 -->
              </version>
              <dependencies><dependency><version>2.1.106</version></dependency></dependencies>
              <description><![CDATA[<version>2.1.106</version>]]></description>
            </project>
            """
        ),
        VersionedFileSample(
            "pom.xml",
            version: "2.2.0-SNAPSHOT",
            "<project><version>⟦2.2.0-SNAPSHOT⟧</version></project>"
        ),
        VersionedFileSample(
            "pom.xml",
            "<project><version>${revision}</version>\r\n<properties><revision>⟦2.1.106⟧</revision><x/></properties></project>"
        ),
        VersionedFileSample(
            "pom.xml",
            keys: ["parent.version"],
            "<project><parent><version>⟦2.1.106⟧</version></parent><version>1</version></project>"
        ),
        VersionedFileSample(
            "ui.csproj",
            """
            \u{FEFF}<Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <Version><![CDATA[⟦2.1.106⟧]]></Version>
                <AssemblyVersion>2.1.106.0</AssemblyVersion>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="a" Version="2.1.106" />
                <PackageReference Include="b"><Version>2.1.106</Version></PackageReference>
              </ItemGroup>
            </Project>
            """
        ),
        VersionedFileSample(
            "Directory.Build.props",
            "<Project><PropertyGroup Condition=\"'$(A)' > 'b'\"><Version>⟦2.1.106⟧</Version></PropertyGroup>"
                + "<PropertyGroup><Version>⟦2.1.106⟧</Version></PropertyGroup></Project>"
        ),
    ]

    /// What cannot hold a prerelease.
    static let plist = VersionedFileSample(
        "Info.plist",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
        \t<key>CFBundleDictionary</key>
        \t<dict><key>CFBundleShortVersionString</key><string>2.1.106</string></dict>
        \t<!-- <key>CFBundleShortVersionString</key> <string>2.1.106</string> -->
        \t<key>CFBundleVersion</key>
        \t<string>2.1.106</string>
        \t<key>CFBundleShortVersionString</key>
        \t<string>⟦2.1.106⟧</string>
        </dict>
        </plist>
        """
    )
}
