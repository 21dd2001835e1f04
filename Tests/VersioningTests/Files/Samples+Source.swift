extension VersionedFileSample {
    static let lines: [VersionedFileSample] = [
        VersionedFileSample("VERSION", "# 2.1.106\r\nv⟦2.1.106⟧\r\n"),
        VersionedFileSample(
            "gradle.properties",
            "# version=2.1.106\n! version=2.1.106\norg.version=2.1.106\nlong=a\\\n  version=2.1.106\nversion=⟦2.1.106⟧  \nlib.version : 2.1.106"
        ),
        VersionedFileSample("gradle.properties", "\r\n  version : ⟦2.1.106⟧\r\nx = \\"),
        VersionedFileSample("android.properties", keys: ["app.version"], "version=1\napp.version ⟦2.1.106⟧"),
        VersionedFileSample(
            "setup.cfg",
            prerelease: "3.0.0rc1",
            "[other]\nversion = 2.1.106\n[metadata]\n# version = 2.1.106\n; version = 2.1.106\nlong =\n  version = 2.1.106\nVersion = ⟦2.1.106⟧\n[options]\nversion = 2.1.106"
        ),
        VersionedFileSample(
            "Dockerfile",
            """
            # syntax=docker/dockerfile:1
            # ARG VERSION=2.1.106
            ARG VERSION=⟦2.1.106⟧ OTHER=2.1.106
            FROM debian:12 AS build
            ARG VERSION
            ENV VERSION=2.1.106
            RUN <<EOF
            ARG VERSION=9.9.9
            EOF
            RUN echo 1 << 2 && echo "a
            ARG VERSION=⟦2.1.106⟧
            LABEL a="LABEL org.opencontainers.image.version=2.1.106" \\
                # org.opencontainers.image.version=2.1.106
                org.opencontainers.image.version="⟦2.1.106⟧" \\

                b=2.1.106
            LABEL org.opencontainers.image.version='v⟦2.1.106⟧'
            label org.opencontainers.image.version ⟦2.1.106⟧
            LABEL "org.opencontainers.image.version"="$VERSION"
            """
        ),
        VersionedFileSample(
            "ui.Dockerfile",
            "# escape=`\r\nFROM a\r\nARG A=1 `\r\n  VERSION=⟦2.1.106⟧\r\nENV VERSION x\r\n"
        ),
        VersionedFileSample(
            "Containerfile",
            keys: ["UI_VERSION"],
            "FROM a\nENV VERSION=1 UI_VERSION=\"⟦2.1.106⟧\"\nENV UI_VERSION ⟦2.1.106⟧\n"
        ),
        VersionedFileSample(
            "release.txt",
            pattern: "(?i)^Release: v?([0-9][^ \\r\\n]*)$",
            "release: v⟦2.1.106⟧\r\nRelease 2.1.106\r\nRELEASE: ⟦2.1.106⟧\r\n"
        ),
        VersionedFileSample(
            "install.sh",
            pattern: #"(UI|APP)_VERSION="(?<version>[^"]+)""#,
            count: 1,
            "UI_VERSION=\"⟦2.1.106⟧\"\nVERSION=\"2.1.106\"\n"
        ),
    ]

    static let source: [VersionedFileSample] = [
        VersionedFileSample(
            "build.gradle",
            """
            plugins {
                id 'java'
                id 'org.example' version '2.1.106'
            }
            // version = '2.1.106'
            /* version = '2.1.106' */
            group = 'org.example'
            version '⟦2.1.106⟧'
            def text = "version = '2.1.106'"
            dependencies { implementation 'a:b:2.1.106'; version = '2.1.106' }
            """
        ),
        VersionedFileSample(
            "build.gradle.kts",
            "plugins { kotlin(\"jvm\") version \"2.1.106\" }\r\n/* /* */ version = \"2.1.106\" */\r\n"
                + "allprojects {\r\n  version = \"⟦2.1.106⟧\"\r\n}\r\nval s = \"\"\"\r\nversion = \"2.1.106\"\r\n\"\"\"\r\n"
        ),
        VersionedFileSample(
            "build.gradle",
            keys: ["versionName"],
            "android { defaultConfig { versionCode 7\n versionName \"⟦2.1.106⟧\" } }\nversion = '1'"
        ),
        VersionedFileSample("build.gradle", "protoc.version = '2.1.106'\nproject.version = \"⟦2.1.106⟧\""),
        VersionedFileSample(
            "Package.swift",
            """
            // let version = "2.1.106"
            /* nested /* */
            let version = "2.1.106"
            */
            let version: String = "⟦2.1.106⟧"
            let text = \"""
            let version = "2.1.106"
            \"""
            let raw = #"let version = "2.1.106""#
            let package = Package(name: "a", version: "2.1.106", dependencies: [.package(url: "b", from: "2.1.106")])
            if version == "2.1.106" { print("version = \\(version)") }
            """
        ),
        VersionedFileSample(
            "Sources/Version.swift",
            keys: ["current"],
            "enum Version {\n  public static let current = \"v⟦2.1.106⟧\" // current = \"2.1.106\"\n}"
        ),
        VersionedFileSample(
            "a/__init__.py",
            prerelease: "3.0.0rc1",
            "\"\"\"\n__version__ = \"2.1.106\"\n\"\"\"\n# __version__ = '2.1.106'\nX = \"it's\"\n__version__: str = '⟦2.1.106⟧'\nversion = \"2.1.106\"\n"
        ),
        VersionedFileSample(
            "setup.py",
            prerelease: "3.0.0rc1",
            "from setuptools import setup\nsetup(name=\"a\", version=\"⟦2.1.106⟧\",\n  install_requires=[\"b==2.1.106\"], x=dict(version=\"2.1.106\"))\n"
        ),
        VersionedFileSample(
            "mix.exs",
            """
            defmodule A.MixProject do
              # version: "2.1.106"
              def project do
                [app: :a,
                 version: "⟦2.1.106⟧",
                 deps: [{:b, "2.1.106"}, {:c, version: "2.1.106"}]]
              end
            end
            """
        ),
        VersionedFileSample("mix.exs", "  @version \"⟦2.1.106⟧\"\n  def project, do: [version: @version]\n"),
        VersionedFileSample(
            "lib/a/version.rb",
            prerelease: "3.0.0.rc.1",
            "=begin\nVERSION = \"2.1.106\"\n=end\nmodule A\n  # VERSION = '2.1.106'\n  VERSION = '⟦2.1.106⟧'.freeze\nend\n__END__\nVERSION = \"2.1.106\"\n"
        ),
        VersionedFileSample(
            "a.gemspec",
            version: "2.2.0-rc.1",
            prerelease: "3.0.0.rc.1",
            "Gem::Specification.new do |spec|\n  spec.version = \"⟦2.2.0.rc.1⟧\"\n  spec.add_dependency \"b\", \"2.1.106\"\n  spec.required_ruby_version = \"2.1.106\"\nend\n"
        ),
        VersionedFileSample(
            "A.podspec",
            "Pod::Spec.new do |s|\n  s.version = '⟦2.1.106⟧'\n  s.swift_version = '2.1.106'\nend\n"
        ),
    ]

    static let all = json + toml + yaml + xml + lines + source
}
