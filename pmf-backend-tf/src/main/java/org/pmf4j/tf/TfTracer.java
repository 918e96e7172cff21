package org.pmf4j.tf;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.Signature;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.Named;

/**
 * Traces a program's body into graphs of TensorFlow.
 *
 * @param runtime by which they run
 */
record TfTracer(TfRuntime runtime, GraphEngine.Body<TfValue> body)
    implements SignatureGraphs.Tracer<TfValue> {

  @Override
  public void check(Signature signature) {
    trace(new ShapeTrace(), signature);
  }

  @Override
  public CompiledGraph compile(Signature signature, Signature.Openness openness) {
    GraphTrace trace = new GraphTrace();
    try {
      return new CompiledGraph(runtime, trace, trace(trace, signature));
    } catch (RuntimeException e) {
      trace.graph().close();
      throw e;
    }
  }

  private Named<TypedValue<TfValue>> trace(Trace trace, Signature signature) {
    Map<String, TypedValue<TfValue>> symbols = new LinkedHashMap<>();
    signature.inputs().forEach(i -> symbols.put(i.name(), trace.input(i)));
    return trace.during(() -> body.trace(Named.of(symbols), trace));
  }
}
