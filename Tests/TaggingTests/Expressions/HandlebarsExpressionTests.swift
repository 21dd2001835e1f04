import Testing

@testable import Tagging

@Suite struct HandlebarsExpressionTests {
    typealias Case = HandlebarsCase

    @Test(arguments: [
        Case(.release, "{{version}}", "1.2.3-rc.1"),
        Case(.release, "{{raw}}", "v1.2.3-rc.1"),
        Case(.release, "{{major}}.{{minor}}", "1.2"),
        Case(.release, "v{{major}}.{{minor}}.{{patch}}", "v1.2.3"),
        Case(.release, "{{prerelease}}", "rc,1"),
        Case(.release, "{{build}}", ""),
        Case(.release, "{{prerelease.[0]}}.{{prerelease.[1]}}", "rc.1"),
        Case(.release, "{{prerelease.length}}", "2"),
        Case(.release, "{{branch}}", "feat/a&amp;b"),
        Case(.release, "{{{branch}}}", "feat/a&b"),
        Case(.release, "{{&branch}}", "feat/a&b"),
        Case(.release, "{{#if tag}}{{tag}}{{else}}{{branch}}{{/if}}-{{sha}}", "feat/a&amp;b-860c190"),
        Case(.release, "{{date 'YYYYMMDD'}}", "YYYYMMDD@UTC"),
        Case(.release, #"{{date "YYYYMMDD-HHmmss" tz="Asia/Tokyo"}}"#, "YYYYMMDD-HHmmss@Asia/Tokyo"),
        Case(.release, "{{#if (is_default_branch)}}main{{/if}}", "main"),
        Case(.release, "{{#if is_default_branch}}main{{/if}}", "main"),
        Case(.release, "{{#unless prerelease}}{{major}}{{/unless}}", ""),
        Case(.release, "{{#each prerelease}}{{this}}{{#unless @last}}-{{/unless}}{{/each}}", "rc-1"),
        Case(.release, "{{nope}}", ""),
        Case(.release, "{{#sha}}{{this}}{{/sha}}", "860c190"),
        Case(.release, "{{lookup prerelease 0}}", "rc"),
        Case(.release, "{{@root.version}}", "1.2.3-rc.1"),
        Case(.release, "{{./version}}/{{this.major}}", "1.2.3-rc.1/1"),
        Case(.release, "{{#with this}}{{sha}}{{/with}}", "860c190"),
        // Two numbers meet without a text between them.
        Case(.release, "{{{major}}}{{{minor}}}", "3"),
        Case(.release, "{{major}}{{minor}}", "12"),
        Case(.release, "{{{major}}}{{{minor}}}-{{{patch}}}", "3-3"),
        Case(.release, "{{{major}}}{{#loose}}-{{/loose}}{{{minor}}}{{{patch}}}", "1-23"),
        Case(.release, "{{#if major}}{{{major}}}{{/if}}{{{minor}}}", "3"),
        // A pair with the literal undefined is left out.
        Case(.release, "{{date 'Y' tz=undefined}}", "Y@UTC"),
        Case(.release, "{{date 'Y' tz=null}}", "Y@null"),
        Case(.release, "{{date 'Y' tz='A' tz='B'}}", "Y@A"),
    ])
    func ofARelease(example: Case) throws {
        #expect(try example.render() == example.output)
    }

    @Test(arguments: [
        Case(.sample, "{{html}}", "&lt;a href&#x3D;&quot;x&quot;&gt;&#x27;&amp;&#x60;&#x3D;"),
        Case(.sample, "{{{html}}}", #"<a href="x">'&`="#),
        Case(.sample, "{{&html}}", #"<a href="x">'&`="#),
        Case(.sample, "{{~{html}~}}", #"<a href="x">'&`="#),
        Case(.sample, "[{{none}}{{nope}}{{empty}}]", "[]"),
        Case(.sample, "{{zero}} {{no}} {{yes}} {{half}}", "0 false true 1.5"),
        Case(.sample, "{{names}} {{nested}}", "ann,bob x,y,z,"),
        Case(.sample, "{{owner}}", "[object Object]"),
        Case(.sample, "{{owner.name}} {{owner/address/city}}", "Cy Ulm"),
        Case(.sample, "{{owner.address.nope.more}}", ""),
        Case(.sample, "{{people.[1].name}} {{people.0.name}}", "Bob Ann"),
        Case(.sample, "{{names.length}} {{text.length}} {{text.[0]}}", "2 3 é"),
        Case(.sample, #"{{[two words]}}{{"two words"}}"#, "2w2w"),
        Case(.sample, "{{1}} {{'1'}}", "first first"),
        Case(.sample, "{{mythis}}", "mine"),
        Case(.sample, "{{this}} {{.}}", "[object Object] [object Object]"),
        Case(.sample, "{{[]}}", "[object Object]"),
        Case(.sample, "{{../nope}}[{{..}}]", "[]"),
        // Calls.
        Case(.sample, #"{{list}} {{list 1}} {{list "a" 'b' -1.50}}"#, "() (1) (a|b|-1.5)"),
        Case(.sample, "{{list true false null undefined}}", "(true|false|null|undefined)"),
        Case(.sample, "{{list names owner.name nope}}", "(ann,bob|Cy|undefined)"),
        Case(.sample, #"{{list (list 1) (give "x")}}"#, "((1)|x)"),
        Case(.sample, "{{list (give names)}}", "(ann,bob)"),
        Case(.sample, #"{{{list "a\"b" 'c\'d' "e\\"}}}"#, #"(a"b|c'd|e\\)"#),
        Case(.sample, "{{keys b=1 a=2 c=3}}", "c,a,b"),
        Case(.sample, "{{keys b=1 2=1 a=2 1=1}}", "1,2,a,b"),
        Case(.sample, "{{nope a=1}}[{{zero a=1}}]", "[]"),
        Case(.sample, #"[{{give ""}}{{give null}}{{give 0}}]"#, "[0]"),
        Case(.sample, "{{self}}{{#with owner}}{{../self}}{{/with}}", "Cy"),
        Case(.sample, "{{this.list}} {{owner.list}}", "() "),
        Case(.sample, "{{people2}} {{#with (give owner)}}{{name}}{{/with}}", "p,q Cy"),
        Case(.sample, #"{{lookup names 1}} {{lookup owner "name"}} {{lookup names "length"}}"#, "bob Cy 2"),
        Case(.sample, #"{{lookup (lookup people 0) "name"}}[{{lookup none "x"}}{{lookup names 7}}]"#, "Ann[]"),
        Case(.sample, #"{{log "x"}}{{log}}|{{list (log 1)}}"#, "|(undefined)"),
        // Text and escapes.
        Case(.sample, "", ""),
        Case(.sample, "plain } text }} {", "plain } text }} {"),
        Case(.sample, #"\{{html}} {{one}}"#, "{{html}} 1"),
        Case(.sample, #"\\{{one}}"#, #"\1"#),
        Case(.sample, #"\\\{{one}}"#, #"\\1"#),
        Case(.sample, #"a\{{b}}c\{{d}}\\{{one}}"#, #"a{{b}}c{{d}}\1"#),
        Case(.sample, "{{! comment }}{{!-- }} --}}x", "x"),
        Case(.sample, "{{!}}{{!--}}y", "y"),
        Case(.sample, "{{{{list 1}}}}{{x}}{{{{/list}}}}", "(1)"),
        Case(.sample, "{{{{yes}}}} {{x}} {{{{/yes}}}}", " {{x}} "),
        Case(.sample, "{{{{yes}}}}{{{{a}}}}{{{{/a}}}}{{{{/yes}}}}", "{{{{a}}}}{{{{/a}}}}"),
        Case(.sample, "{{ \n one\t}}", "1"),
    ])
    func ofEveryKind(example: Case) throws {
        #expect(try example.render() == example.output)
    }
}
