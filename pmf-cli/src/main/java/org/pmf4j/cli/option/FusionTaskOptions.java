package org.pmf4j.cli.option;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.TableOptions;
import org.pmf4j.core.run.ObjectiveSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What is learnt by training a fused model: of which rows, over which encoders. For one thread at a
 * time.
 */
public final class FusionTaskOptions {
  /** The modality whose encoders are made of columns. */
  private static final String MADE = "tabular";

  @Mixin private RequiredTable data = new RequiredTable();

  @Mixin private TableReading reading = new TableReading();

  @Option(
      names = "--encoder",
      paramLabel = "NAME=DIR",
      description = EncoderPlace.HELP + "; give two or more")
  private Map<String, String> encoders = new LinkedHashMap<>();

  @Mixin private EncoderSettingOptions encoderSettings = new EncoderSettingOptions();

  @Mixin private SettingOptions objective = new SettingOptions(ObjectiveSettings.DEFAULT.values());

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      converter = Choice.Precision.class,
      description =
          "of the encoders' matrices: fp32; bf16 for half the memory, slow on processors without"
              + " instructions for it; auto for that of the run or model gone on with, else fp32"
              + " (default: auto)")
  private PrecisionChoice precision = PrecisionChoice.AUTO;

  /** The training table. */
  public TableLocation data() {
    return data.location();
  }

  /**
   * How tables are read.
   *
   * @throws org.pmf4j.api.error.PmfException for a column without a name, or a dialect of CSV that
   *     there is not
   */
  public TableOptions tables() {
    return reading.over(TableOptions.DEFAULT);
  }

  /**
   * The encoders' directories by modality, in the order in which they were given.
   *
   * @throws PmfException if there are none, or for a model that the hub's cache has not all of
   */
  public Map<String, Path> encoders() {
    if (encoders.isEmpty() && madeEncoders().isEmpty()) {
      throw PmfException.usage(
          "--encoder NAME=DIR is missing; name two or more, or columns by --column"
              + " tabular=COLUMN,COLUMN");
    }
    return EncoderPlace.directories(encoders);
  }

  /** Encoders that have columns but no directory, and that training can make of these. */
  public List<String> madeEncoders() {
    return reading.named().stream()
        .filter(name -> name.equals(MADE) && !encoders.containsKey(name))
        .toList();
  }

  /** By modality, settings of its encoder that differ from the defaults, by name. */
  public Map<String, Map<String, String>> encoderSettings() {
    return encoderSettings.byEncoder();
  }

  /** What is made of rows and their targets. */
  public ObjectiveSettings objective() {
    return new ObjectiveSettings(objective.settings());
  }

  /** Of the encoders' matrices. */
  public PrecisionChoice precision() {
    return precision;
  }
}
