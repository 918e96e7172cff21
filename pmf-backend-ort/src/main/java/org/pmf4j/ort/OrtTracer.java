package org.pmf4j.ort;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.Signature;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.onnx.Dim;
import org.pmf4j.onnx.GraphInput;
import org.pmf4j.onnx.GraphTrace;
import org.pmf4j.onnx.OnnxValue;
import org.pmf4j.onnx.Opset;

/**
 * Traces a program's body into sessions of ONNX Runtime. Inputs and outputs have numbers in its
 * graphs, because a body may call two of them alike.
 *
 * @param runtime by which they run
 * @param opset that graphs are written in
 */
record OrtTracer(OrtRuntime runtime, Opset opset, GraphEngine.Body<OnnxValue> body)
    implements SignatureGraphs.Tracer<OnnxValue> {

  /** A graph takes a millisecond or two, a session a hundred. */
  @Override
  public void check(Signature signature) {
    trace(new GraphTrace(opset), signature);
  }

  @Override
  public OrtGraph compile(Signature signature, Signature.Openness openness) {
    GraphTrace trace = new GraphTrace(opset);
    Named<TypedValue<OnnxValue>> outputs = trace(trace, signature);
    boolean constants = openness == Signature.Openness.BATCH_AND_LENGTH;
    return OrtGraph.of(runtime, trace, signature, outputs, constants);
  }

  private Named<TypedValue<OnnxValue>> trace(GraphTrace trace, Signature signature) {
    Map<String, TypedValue<OnnxValue>> symbols = new LinkedHashMap<>();
    for (int i = 0; i < signature.inputs().size(); i++) {
      Signature.Input input = signature.inputs().get(i);
      symbols.put(input.name(), trace.input(input(i, input)));
    }
    return trace.during(() -> body.trace(Named.of(symbols), NoTape.NONE));
  }

  private static GraphInput input(int number, Signature.Input input) {
    List<Dim> dims = new ArrayList<>();
    String name = OrtGraph.input(number);
    for (long size : input.shape().dims()) {
      String open = name + ":" + dims.size();
      dims.add(size == Shape.UNKNOWN ? Dim.open(open) : Dim.of(size));
    }
    return new GraphInput(name, input.dtype(), dims);
  }
}
