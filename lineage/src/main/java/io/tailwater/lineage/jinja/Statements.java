package io.tailwater.lineage.jinja;

import io.tailwater.lineage.jinja.Statement.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Executes statements. */
final class Statements {
    private final Interpreter interpreter;

    Statements(Interpreter interpreter) {
        this.interpreter = interpreter;
    }

    void run(List<Statement> body, Frame frame) {
        interpreter.nested(unused -> {
            for (Statement statement : body) {
                interpreter.charge(1);
                run(statement, frame);
            }
            return body;
        });
    }

    private void run(Statement statement, Frame frame) {
        switch (statement) {
            case Statement.Data data -> interpreter.putData(frame, data.text(), data.offset());
            case Statement.Output output ->
                interpreter.put(
                        frame, interpreter.displayed(evaluate(output.expression(), frame)), frame.at(output.offset()));
            case Statement.Assignment assignment ->
                assign(assignment.target(), evaluate(assignment.value(), frame), frame);
            case Statement.BlockAssignment assignment -> {
                Frame inner = frame.capturing();
                run(assignment.body(), inner);
                Value value = new Value.Str(inner.out().build());
                assign(
                        assignment.target(),
                        assignment.filter() == null
                                ? value
                                : interpreter.expressions().filterChain(assignment.filter(), value, frame),
                        frame);
            }
            case Statement.If conditional -> conditional(conditional, frame);
            case Statement.For loop -> loop(loop, frame);
            case Statement.Macro macro ->
                frame.scope().set(macro.definition().name(), new MacroFunction(macro.definition(), frame.scope()));
            case Statement.CallBlock call -> call(call, frame);
            case Statement.FilterBlock filter -> {
                Frame inner = frame.capturing();
                run(filter.body(), inner);
                Value text = new Value.Str(inner.out().build());
                Value filtered = interpreter.expressions().filterChain(filter.filter(), text, frame);
                interpreter.put(frame, interpreter.displayed(filtered), frame.at(filter.offset()));
            }
            case Statement.Do effect -> evaluate(effect.expression(), frame);
            case Statement.With with -> {
                Frame inner = frame.inner();
                for (int i = 0; i < with.targets().size(); i++) {
                    assign(with.targets().get(i), evaluate(with.values().get(i), frame), inner);
                }
                run(with.body(), inner);
            }
            case Statement.Include include -> include(include, frame);
            case Statement.Import module ->
                frame.scope().set(module.as(), new Value.Namespace(module(module.name(), module.withContext(), frame)));
            case Statement.FromImport from -> {
                Map<String, Value> module = module(from.name(), from.withContext(), frame);
                from.names()
                        .forEach(name -> frame.scope()
                                .set(name.as(), module.getOrDefault(name.name(), new Value.Undefined(name.name()))));
            }
            case Statement.Block block -> run(block.body(), frame.inner());
            case Statement.Snapshot snapshot -> run(snapshot.block().body(), frame.inner());
        }
    }

    private Value evaluate(Expression expression, Frame frame) {
        return interpreter.expressions().evaluate(expression, frame);
    }

    private void conditional(Statement.If conditional, Frame frame) {
        for (Statement.Branch branch : conditional.branches()) {
            Value condition = evaluate(branch.condition(), frame);
            if (interpreter.truth(condition, frame.at(branch.condition().offset()))) {
                run(branch.body(), frame);
                return;
            }
        }
        run(conditional.otherwise(), frame);
    }

    private void loop(Statement.For loop, Frame frame) {
        Value iterable = evaluate(loop.iterable(), frame);
        List<Value> items = interpreter.iterate(iterable);
        if (loop.filter() != null) {
            List<Value> kept = new ArrayList<>();
            for (Value item : items) {
                Frame inner = frame.inner();
                assign(loop.target(), item, inner);
                Value condition = evaluate(loop.filter(), inner);
                if (condition instanceof Value.Unknown || Operators.truth(condition)) {
                    kept.add(item);
                }
            }
            items = kept;
        }
        if (items.isEmpty()) {
            run(loop.otherwise(), frame.inner());
            return;
        }
        long before = interpreter.written();
        Value[] lastChanged = new Value[1];
        for (int i = 0; i < items.size(); i++) {
            Frame inner = frame.inner();
            inner.scope().set("loop", new Loop(items, i, lastChanged));
            assign(loop.target(), items.get(i), inner);
            run(loop.body(), inner);
        }
        // a loop that only collects needs no note: what it collects is unknown, and shows where it is put out
        if (iterable instanceof Value.Unknown unknown
                && unknown.columnsOf() == null
                && interpreter.written() > before) {
            interpreter.note(
                    "a loop is over a list unknown before a run: " + unknown.reason(), frame.at(loop.offset()));
        }
    }

    private void assign(Target target, Value value, Frame frame) {
        switch (target) {
            case Target.Variable variable -> frame.scope().set(variable.name(), value);
            case Target.Member member -> {
                Value object = frame.scope().get(member.object());
                if (!(object instanceof Value.Namespace namespace)) {
                    throw new TemplateException("cannot assign attribute on non-namespace object").at(frame.at(0));
                }
                namespace.attributes().put(member.attribute(), value);
            }
            case Target.Unpacking unpacking -> {
                List<Target> targets = unpacking.targets();
                if (value instanceof Value.Unknown) {
                    targets.forEach(each -> assign(each, value, frame));
                    return;
                }
                List<Value> parts = interpreter.iterate(value);
                if (parts.size() != targets.size()) {
                    throw new TemplateException(
                            "expected " + targets.size() + " values to unpack, got " + parts.size());
                }
                for (int i = 0; i < parts.size(); i++) {
                    assign(targets.get(i), parts.get(i), frame);
                }
            }
        }
    }

    private void call(Statement.CallBlock block, Frame frame) {
        Expression.Call call = block.call();
        List<Expression.NamedArgument> named = new ArrayList<>(call.arguments().named());
        Frame inner = frame.inner();
        inner.scope().set("caller of this block", new MacroFunction(block.caller(), frame.scope()));
        named.add(new Expression.NamedArgument("caller", new Expression.Name("caller of this block", block.offset())));
        Expression.Call withCaller = new Expression.Call(
                call.target(),
                new Expression.Arguments(
                        call.arguments().positional(),
                        named,
                        call.arguments().varargs(),
                        call.arguments().kwargs()),
                call.offset());
        Value value = evaluate(withCaller, inner);
        interpreter.put(frame, interpreter.displayed(value), frame.at(block.offset()));
    }

    private void include(Statement.Include include, Frame frame) {
        Template template = find(include.name(), frame);
        if (template == null) {
            if (include.ignoreMissing()) {
                return;
            }
            throw new TemplateException("the template to include is not here").at(frame.at(include.offset()));
        }
        Scope scope = new Scope(include.withContext() ? frame.scope() : null);
        run(template.body(), new Frame(template, scope, frame.out(), frame.at(include.offset())));
    }

    private @org.jspecify.annotations.Nullable Template find(Expression name, Frame frame) {
        return interpreter.globals().template(Printer.display(evaluate(name, frame)));
    }

    private Map<String, Value> module(Expression name, boolean withContext, Frame frame) {
        Template template = find(name, frame);
        if (template == null) {
            throw new TemplateException("the template to import from is not here").at(frame.at(name.offset()));
        }
        Scope scope = new Scope(withContext ? frame.scope() : null);
        run(template.body(), new Frame(template, scope, new Text.Builder(), frame.at(name.offset())));
        return new LinkedHashMap<>(scope.own());
    }
}
