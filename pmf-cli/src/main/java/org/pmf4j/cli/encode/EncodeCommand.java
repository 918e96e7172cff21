package org.pmf4j.cli.encode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.cli.option.CsvOption;
import org.pmf4j.cli.option.EncoderPlace;
import org.pmf4j.cli.option.PrecisionChoice;
import org.pmf4j.cli.option.StreamOption;
import org.pmf4j.cli.option.TableOption;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.hub.EncoderLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf encode}. For one thread at a time. */
@Command(
    name = "encode",
    description = {
      "Runs one encoder alone and saves its hidden states.",
      "",
      "The file holds hidden_states.0 (what enters the first layer) to hidden_states.N (what leaves"
          + " the last, before any final norm), last_hidden_state (after it) and pooled; with"
          + " --data also the preprocessed inputs."
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  pmf encode --encoder bert --data in.csv --column text --out hidden.safetensors",
      "  pmf encode --encoder vit --inputs in.safetensors --out hidden.safetensors"
    })
public final class EncodeCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--encoder", required = true, paramLabel = "DIR", description = EncoderPlace.HELP)
  private String encoder;

  @Option(
      names = "--encoder-setting",
      paramLabel = "SETTING=VALUE",
      description =
          "how the encoder is used, such as max-length=128 or pooling=mean; 'pmf plugins' lists the"
              + " settings")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private TableOption table = new TableOption();

  @Mixin private StreamOption stream = new StreamOption();

  @Mixin private CsvOption csv = new CsvOption();

  @Option(names = "--column", paramLabel = "NAME", description = "the table's column to encode")
  private String column;

  @Option(
      names = "--inputs",
      paramLabel = "FILE",
      description = "safetensors file with preprocessed inputs under their Hugging Face names")
  private Path inputs;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "safetensors file to write; - is standard output")
  private Path out;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Choice.Precision.class,
      description =
          "of the encoder's matrices: fp32; bf16 for half the memory, slow on processors without"
              + " instructions for it; int8 for linear layers in 8-bit integers, on --backend ort;"
              + " auto is fp32 (default: auto)")
  private PrecisionChoice precision = PrecisionChoice.AUTO;

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public EncodeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    TableLocation data = table.location();
    boolean both = data != null && column != null;
    if (both == (inputs != null) || both != (data != null) || both != (column != null)) {
      throw PmfException.usage("give either --data and --column, or --inputs");
    }
    TableOptions reading = TableOptions.DEFAULT.with(csv.dialect()).with(stream.of(data));
    RowTarget target = new RowTarget(console, out);
    target.check();
    if (target.isStandardOutput()) {
      aside(target, data, reading);
    } else {
      write(out, data, reading);
    }
    RowTarget.words(console, out)
        .out()
        .println("hidden states in " + Quote.plain(target.toString()));
    return 0;
  }

  /** A file of tensors begins by what stands where, so that it is written when all is known. */
  private void aside(RowTarget target, TableLocation data, TableOptions reading) {
    Path file = null;
    try {
      file = Files.createTempFile("pmf-encode-", ".safetensors");
      write(file, data, reading);
      Path whole = file;
      target.write(stdout -> Files.copy(whole, stdout));
    } catch (IOException e) {
      throw FileErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }

  private void write(Path file, TableLocation data, TableOptions reading) {
    Path directory = EncoderLocation.directory(encoder);
    try (Pmf pmf = backend.open()) {
      if (data != null) {
        pmf.encode()
            .table(
                directory,
                settings,
                data,
                reading,
                column,
                file,
                precision.alone(),
                console.progress());
      } else {
        pmf.encode()
            .inputs(directory, settings, inputs, file, precision.alone(), console.progress());
      }
    }
  }
}
