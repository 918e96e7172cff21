package org.pmf4j.cli.export;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.onnx.Opset;

/** A version of ONNX's operators by its number. For one thread at a time. */
final class OpsetChoice extends Choice<Opset> {
  OpsetChoice() {
    super(
        Arrays.stream(Opset.values())
            .collect(Collectors.toMap(o -> Integer.toString(o.version()), o -> o)));
  }
}
