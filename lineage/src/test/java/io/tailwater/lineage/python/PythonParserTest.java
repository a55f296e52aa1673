package io.tailwater.lineage.python;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailwater.lineage.python.TextPart.Literal;
import io.tailwater.lineage.python.TextPart.Replacement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonParserTest {
    @Test
    void joinsStringsSideBySideAndKeepsTheirLines() {
        Expression.Text text = (Expression.Text) value("x = ('select a, '\n     r'\\d' \"\\x41\\n\"\n     '''\nb''')");

        assertThat(text.parts())
                .extracting(part -> ((Literal) part).value())
                .containsExactly("select a, ", "\\d", "A\n", "\n", "b");
        assertThat(text.parts()).extracting(part -> part.span().line()).containsExactly(1, 2, 2, 3, 4);
    }

    @Test
    void readsFieldsOfFormattedStringsWithQuotesOfTheirOwn() {
        Expression.Text text = (Expression.Text) value("x = f'{{a}} {d['k']!r:>{width}} {n=}'");

        List<Replacement> fields = text.parts().stream()
                .filter(Replacement.class::isInstance)
                .map(Replacement.class::cast)
                .toList();
        assertThat(((Literal) text.parts().getFirst()).value()).isEqualTo("{a} ");
        assertThat(fields.get(0).value()).isInstanceOf(Expression.Subscript.class);
        assertThat(fields.get(0).conversion()).isEqualTo("r");
        assertThat(fields.get(0).format()).hasSize(2);
        assertThat(fields.get(1).written()).isEqualTo("n=");
    }

    @Test
    void costsOnlyTheStatementThatCannotBeRead() {
        PythonModule module =
                parse("a = 1\nprint 'old'\nif x:\n    b = = 2\n    c = 3\nd = (1,\ndef f():\n    return 4\n");

        assertThat(module.statements())
                .extracting(statement -> statement.getClass().getSimpleName())
                .containsExactly("Assign", "Unparsed", "If", "Unparsed", "Function");
        Statement.If branching = (Statement.If) module.statements().get(2);
        assertThat(branching.branches().getFirst().body()).hasSize(2);
        assertThat(module.problems()).extracting(Problem::line).containsExactly(2, 4, 6);
        assertThat(module.problems().get(2).reason()).isEqualTo("a bracket is never closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{", "-", "not ", "lambda: ", "f(", "a if b else ", "a**", "f'{", "(\n"})
    void givesUpOnTenMillionCharactersOfNesting(String nested) {
        PythonModule module = parse("x = " + nested.repeat(10_000_000 / nested.length()) + "\n");

        assertThat(module.problems()).isNotEmpty();
    }

    @Test
    void givesUpOnDeepBlocksAndReadsWhatStandsBehind() {
        String blocks = java.util.stream.IntStream.range(0, 400)
                .mapToObj(depth -> " ".repeat(depth) + "if x:\n")
                .collect(Collectors.joining());
        PythonModule module = parse(blocks + " ".repeat(400) + "pass\ny = 2\n");

        assertThat(module.problems())
                .anySatisfy(problem -> assertThat(problem.reason()).contains("100 levels"));
        assertThat(module.statements().getLast()).isInstanceOf(Statement.Assign.class);
    }

    @Test
    void readsLongChainsWithoutDepth() {
        PythonModule module = parse("x = " + "a + ".repeat(100_000) + "a\n");

        assertThat(module.problems()).isEmpty();
    }

    @Test
    void readsTheGrammarOfPythonThree() {
        PythonModule module = parse("""
                @app.task(retry=3)
                async def f[T](a: int, /, *args: *Ts, b=1, **rest) -> dict[str, int]:
                    async with open(a) as x, (b) as y:
                        return [i async for i in g() if i if not i] or {**a, 'k': (yield)}
                with (open('a') as p, open('b') as q,):
                    pass
                match command.split():
                    case [Point(x=0), *_] | {"k": str() as v} if v > 1:
                        x[1:2, ..., ::3] = y = lambda *a, k=1: (n := a) if k else None
                    case _:
                        match = 1
                try:
                    del a, b[0]
                except* (E, F) as e:
                    raise X from e
                else:
                    global z; z //= 2; assert not z, 'm'
                finally:
                    type Alias[T] = list[T]
                for a, *b in 1, 2: continue
                while x is not y not in z: break
                print(*a, **b, c=1, *d); x @= 0x1F + 1e-3j if 1else ~-1
                """);

        assertThat(module.problems()).isEmpty();
        assertThat(module.statements()).hasSize(8);
    }

    private static PythonModule parse(String text) {
        return PythonParser.parse(text, PythonLimits.DEFAULT);
    }

    private static Expression value(String text) {
        PythonModule module = parse(text);
        assertThat(module.problems()).isEmpty();
        return ((Statement.Assign) module.statements().getFirst()).value();
    }
}
