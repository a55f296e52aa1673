package io.tailwater.lineage.project.dbt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes in an order in which each stands behind those it names, as far as they do not name each other in a circle. */
final class NodeOrder {
    private NodeOrder() {}

    /**
     * The order.
     *
     * @param registry the nodes
     * @param behindSources for ids of sources that are nodes themselves, those nodes
     */
    static List<Node> of(Registry registry, Map<String, Node> behindSources) {
        Map<Node, Set<Node>> waitingFor = new HashMap<>();
        Map<Node, List<Node>> awaitedBy = new HashMap<>();
        List<Node> all = new ArrayList<>();
        registry.nodes().forEach(all::add);
        for (Node node : all) {
            Set<Node> upstream = new HashSet<>();
            for (String id : node.references) {
                Node target = behindSources.containsKey(id) ? behindSources.get(id) : registry.node(id);
                if (target != null && target != node && upstream.add(target)) {
                    awaitedBy.computeIfAbsent(target, key -> new ArrayList<>()).add(node);
                }
            }
            waitingFor.put(node, upstream);
        }
        List<Node> order = new ArrayList<>();
        Set<Node> done = new HashSet<>();
        for (Node start : all) {
            if (waitingFor.getOrDefault(start, Set.of()).isEmpty()) {
                settle(start, order, done, waitingFor, awaitedBy);
            }
        }
        all.stream().filter(node -> !done.contains(node)).forEach(order::add);
        return order;
    }

    private static void settle(
            Node start,
            List<Node> order,
            Set<Node> done,
            Map<Node, Set<Node>> waitingFor,
            Map<Node, List<Node>> awaitedBy) {
        List<Node> ready = new ArrayList<>(List.of(start));
        while (!ready.isEmpty()) {
            Node node = ready.remove(ready.size() - 1);
            if (!done.add(node)) {
                continue;
            }
            order.add(node);
            for (Node downstream : awaitedBy.getOrDefault(node, List.of())) {
                Set<Node> rest = waitingFor.getOrDefault(downstream, new HashSet<>());
                rest.remove(node);
                if (rest.isEmpty()) {
                    ready.add(downstream);
                }
            }
        }
    }
}
