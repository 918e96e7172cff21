package org.pmf4j.cli.imports;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.ImportJob.Imported;
import org.pmf4j.onnx.weights.OnnxWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf import}. For one thread at a time. */
@Command(
    name = "import",
    description = {
      "Makes an encoder of a model that was exported to ONNX.",
      "",
      "The weights get the names back that they had before, and the folder that is written is one"
          + " like save_pretrained's: it trains, and runs on every backend. What ONNX does not tell"
          + " stands in the folder of --config-dir: config.json of the model, and the files of its"
          + " tokenizer or image processor."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Example:",
      "  pmf import --onnx all-minilm-l6-v2.onnx --config-dir minilm-config --out minilm"
    })
public final class ImportCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 5;

  private final Console console;

  @Option(
      names = "--onnx",
      required = true,
      paramLabel = "FILE",
      description = "the model, neither quantized nor optimized for a runtime")
  private Path onnx;

  @Option(
      names = "--config-dir",
      required = true,
      paramLabel = "DIR",
      description = "folder with config.json and the files of tokenizer or processor")
  private Path config;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "ENCODER",
      description = "folder of the encoder to write")
  private Path out;

  @Option(
      names = "--encoder-setting",
      paramLabel = "SETTING=VALUE",
      description = "modality=NAME, where config.json tells of encoders for several")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    OnnxWeights weights = OnnxWeights.read(onnx);
    tell("have no name and are left out", weights.nameless());
    try (Pmf pmf = backend.open()) {
      Imported imported =
          pmf.importing().run(new OnnxStore(weights), config, settings, out, console.progress());
      tell("are not used by the encoder", imported.unused());
      Facts facts = new Facts();
      facts.add("encoder", imported.encoder().toString());
      facts.add("family", imported.modelType());
      facts.add(
          "weights",
          String.format(Locale.ROOT, "%,d in %d tensors", imported.numbers(), imported.tensors()));
      facts.print(console.out());
    }
    return 0;
  }

  private void tell(String what, List<String> names) {
    if (names.isEmpty()) {
      return;
    }
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    console
        .err()
        .println(
            String.format(
                Locale.ROOT,
                "%s: %d tensors %s: %s%s",
                onnx,
                names.size(),
                what,
                first,
                names.size() > MOST_SHOWN ? ", …" : ""));
  }
}
