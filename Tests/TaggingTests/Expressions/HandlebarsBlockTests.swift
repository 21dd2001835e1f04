import Testing

@testable import Tagging

@Suite struct HandlebarsBlockTests {
    typealias Case = HandlebarsCase

    @Test(arguments: [
        // if and unless.
        Case(.sample, "{{#if yes}}a{{else}}b{{/if}}{{#if no}}a{{else}}b{{/if}}{{#unless no}}c{{/unless}}", "abc"),
        Case(
            .sample,
            "{{#if zero}}a{{/if}}{{#if zero includeZero=true}}b{{/if}}{{#if nothing}}c{{/if}}{{#if bare}}d{{/if}}",
            "bd"
        ),
        Case(.sample, "{{#if empty}}a{{^}}b{{/if}}{{#if none}}a{{^}}b{{/if}}{{#if nope}}a{{^}}b{{/if}}", "bbb"),
        Case(.sample, "{{#if no}}a{{else if zero}}b{{else if one}}c{{else}}d{{/if}}", "c"),
        Case(.sample, "{{#if no}}a{{else with owner}}{{name}}{{else}}d{{/if}}", "Cy"),
        Case(.sample, "{{^if yes}}a{{else}}b{{/if}}{{#unless yes}}a{{else}}b{{/unless}}", "bb"),
        Case(.sample, #"{{#if never}}a{{else}}b{{/if}}{{#if (give "")}}a{{else}}b{{/if}}"#, "bb"),
        Case(.sample, "{{#if give}}a{{else}}b{{/if}}", "b"),
        Case(.sample, "{{#if yes}}{{/if}}", ""),
        Case(.sample, "{{#if yes}}{{../one}}{{one}}{{/if}}", "1"),
        // each.
        Case(
            .sample,
            "{{#each names}}{{@index}}{{@key}}{{this}}{{@first}}{{@last}};{{/each}}",
            "00anntruefalse;11bobfalsetrue;"
        ),
        Case(.sample, "{{#each owner.address}}{{@key}}={{this}}{{@first}}{{@last}}{{/each}}", "city=Ulmtruetrue"),
        Case(.sample, "{{#each people}}{{name}} {{age}} {{../one}};{{/each}}", "Ann 31 1;Bob 0 1;"),
        Case(.sample, "{{#each people as |p i|}}{{i}}{{p.name}}{{name}}{{/each}}", "0AnnAnn1BobBob"),
        Case(
            .sample,
            "{{#each names as |n|}}{{#each ../names}}{{n}}{{this}}{{@../index}} {{/each}}{{/each}}",
            "annann0 annbob0 bobann1 bobbob1 "
        ),
        Case(
            .sample,
            "{{#each nothing}}a{{else}}b{{/each}}{{#each empty}}a{{else}}b{{/each}}{{#each nope}}a{{else}}b{{/each}}",
            "bbb"
        ),
        Case(.sample, "{{^each names}}a{{/each}}|{{#each people2}}{{.}}{{/each}}", "|pq"),
        Case(.sample, "{{#each nested}}[{{this}}]{{/each}}", "[x][y,z][]"),
        Case(.sample, "{{#each nested}}{{#if @last}}{{this}}{{/if}}{{/each}}", "[object Object]"),
        Case(.sample, "{{#each names}}{{@root.one}}{{#if @first}}{{@index}}{{/if}}{{/each}}", "101"),
        // with.
        Case(
            .sample,
            "{{#with owner}}{{name}}{{#with address}}{{city}}{{../name}}{{../../one}}{{/with}}{{/with}}",
            "CyUlmCy1"
        ),
        Case(.sample, "{{#with owner as |o|}}{{o.name}}{{o.address.city}}{{/with}}", "CyUlm"),
        Case(
            .sample,
            "{{#with nope}}a{{else}}b{{/with}}{{#with zero}}{{this}}{{/with}}{{#with bare}}c{{/with}}",
            "b0c"
        ),
        Case(.sample, "{{#with owners}}{{name}}{{/with}}", "Di"),
        // A value alone.
        Case(.sample, "{{#names}}{{this}}{{@index}}{{/names}}", "ann0bob1"),
        Case(.sample, "{{#owner}}{{name}}{{/owner}}{{#bare}}x{{/bare}}", "Cyx"),
        Case(
            .sample,
            "{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{#none}}c{{/none}}{{#nothing}}d{{/nothing}}{{#nope}}e{{/nope}}",
            "a"
        ),
        Case(.sample, "{{#zero}}{{this}}{{/zero}}{{#empty}}e{{/empty}}", "0e"),
        Case(.sample, "{{^no}}a{{/no}}{{^nothing}}b{{else}}c{{/nothing}}{{^yes}}d{{else}}e{{/yes}}", "abe"),
        Case(
            .sample,
            "{{#people2}}{{this}}{{/people2}}{{#owners}}{{name}}{{/owners}}{{#never}}a{{^}}b{{/never}}",
            "pqDib"
        ),
        Case(.sample, "{{#owner.address}}{{city}}{{/owner.address}}{{#../nope}}a{{^}}b{{/../nope}}", "Ulmb"),
        Case(.sample, "{{#list 1}}ignored{{/list}}{{#give names}}ignored{{/give}}", "(1)ann,bob"),
        Case(.sample, "{{#nope a=1}}a{{else}}b{{/nope}}|", "|"),
        Case(.sample, #"{{#"owner"}}{{name}}{{/owner}}"#, "Cy"),
        Case(.sample, "{{#names}}a{{else if no}}b{{/names}}{{#no}}a{{else if yes}}b{{/no}}", "aab"),
        Case(.sample, "{{#owner as |o|}}{{o}}{{name}}{{/owner}}", "Cy"),
        Case(
            .sample,
            "{{#each people as |if|}}{{if}}{{if 1}}{{/each}}",
            "[object Object][object Object][object Object][object Object]"
        ),
    ])
    func blocks(example: Case) throws {
        #expect(try example.render() == example.output)
    }

    @Test(arguments: [
        Case(.sample, " {{~one~}} ", "1"),
        Case(.sample, " {{~#if yes~}} a {{~else~}} b {{~/if~}} ", "a"),
        Case(.sample, "{{#if yes~}} a {{^}} b {{~/if}}", "a "),
        Case(.sample, "a {{~! x ~}} b {{~!-- x --~}} c", "abc"),
        Case(.sample, " {{~{one}~}} ", "1"),
        Case(.sample, "{{#if yes}}\na\n{{/if}}\nb", "a\nb"),
        Case(.sample, "  {{#if yes}}  \n  a\n  {{else}}\n  b\n  {{/if}}  \nc", "  a\nc"),
        Case(.sample, "{{#if no}}\na\n{{else if yes}}\nb\n{{else}}\nc\n{{/if}}\n", "b\n"),
        Case(.sample, "x {{#if yes}}\na\n{{/if}} y", "x \na\n y"),
        Case(.sample, "{{! alone }}\na\n  {{!-- alone --}}  \nb", "a\nb"),
        Case(.sample, "a {{! not alone }}\nb", "a \nb"),
        Case(.sample, "{{#each names}}\n- {{this}}\n{{/each}}\nend", "- ann\n- bob\nend"),
        Case(.sample, "{{#each names}}\r\n- {{this}}\r\n{{/each}}\r\nend", "- ann\r\n- bob\r\nend"),
        Case(.sample, "{{#if no}}A{{else if yes}}B {{~else if one}} C {{~/if}}", "B"),
        Case(.sample, "{{#if no}}A{{else if no}}B{{~else if yes}} C {{/if}}|", " C|"),
        Case(.sample, "{{^no}}\n a\n{{/no}}\n", " a\n"),
        Case(.sample, "{{#yes}}\n{{#yes}}\n a\n{{/yes}}\n{{/yes}}", " a\n"),
        Case(.sample, "\n\n{{#yes}}\n\na\n\n{{/yes}}\n\nb", "\n\n\na\n\n\nb"),
        Case(.sample, "{{{{yes}}}}\n a\n{{{{/yes}}}}\nb", " a\nb"),
        Case(.sample, "{{one}}\n{{none}}\n{{one}}", "1\n\n1"),
        Case(.sample, " \u{A0}{{~one}}\t\n{{#yes~}}\n\n x {{/yes}}", "1\t\nx "),
        Case(.sample, "\\{{a}}\n{{#yes}}\nb\n{{/yes}}", "{{a}}\nb\n"),
    ])
    func whitespace(example: Case) throws {
        #expect(try example.render() == example.output)
    }
}
