package org.pmf4j.tf;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.op.Op;
import org.tensorflow.op.OpScope;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;

/**
 * Names for the nodes of a graph, numbered in ASCII. TensorFlow-Java numbers them in the digits of
 * the process's locale, and TensorFlow refuses a name with digits that are not ASCII.
 */
final class GraphNames implements Scope {
  private final Scope scope;
  private final String name;
  private final Map<String, Integer> used;

  private GraphNames(Scope scope, String name, Map<String, Integer> used) {
    this.scope = scope;
    this.name = name;
    this.used = used;
  }

  /** Operations that add nodes to a graph, which nobody else adds to under these names. */
  static Ops ops(Graph graph) {
    return Ops.create(new Environment(graph));
  }

  @Override
  public String makeUnique(String id) {
    int count = used.merge(id, 1, Integer::sum);
    return count == 1 ? id : id + "_" + (count - 1);
  }

  /** What the scope below is given is unique, so that it has nothing to number. */
  @Override
  public String makeOpName(String standard) {
    return scope.withName(makeUnique(name == null ? standard : name)).makeOpName(standard);
  }

  @Override
  public Scope withName(String opName) {
    return new GraphNames(scope, opName, used);
  }

  @Override
  public Scope withSubScope(String child) {
    String unique = makeUnique(name == null ? child : name);
    return new GraphNames(scope.withSubScope(unique), null, new HashMap<>());
  }

  @Override
  public Scope withNameAsSubScope(String standard) {
    return withSubScope(standard);
  }

  @Override
  public Scope withDevice(DeviceSpec device) {
    return new GraphNames(scope.withDevice(device), name, used);
  }

  @Override
  public Scope withInitScope() {
    return new GraphNames(scope.withInitScope(), name, used);
  }

  @Override
  public Scope withControlDependencies(Iterable<Op> controls) {
    return new GraphNames(scope.withControlDependencies(controls), name, used);
  }

  @Override
  public Scope withControlDependencyOps(Iterable<Operation> controls) {
    return new GraphNames(scope.withControlDependencyOps(controls), name, used);
  }

  @Override
  public void refreshNames() {
    scope.refreshNames();
  }

  @Override
  public ExecutionEnvironment env() {
    return scope.env();
  }

  @Override
  public OperationBuilder apply(OperationBuilder builder) {
    return scope.apply(builder);
  }

  @Override
  public String getDeviceString() {
    return scope.getDeviceString();
  }

  @Override
  public boolean isInit() {
    return scope.isInit();
  }

  /** A graph whose own scope is this one. */
  private record Environment(Graph graph) implements ExecutionEnvironment {
    @Override
    public Scope baseScope() {
      return new GraphNames(new OpScope(graph), null, new HashMap<>());
    }

    @Override
    public OperationBuilder opBuilder(String type, String name, Scope scope) {
      return graph.opBuilder(type, name, scope);
    }

    @Override
    public void attachFunction(ConcreteFunction function) {
      graph.attachFunction(function);
    }

    @Override
    public void checkInput(Operation input) {
      graph.checkInput(input);
    }

    @Override
    public Types environmentType() {
      return graph.environmentType();
    }

    @Override
    public boolean isInitializer(Operation operation) {
      return graph.isInitializer(operation);
    }
  }
}
