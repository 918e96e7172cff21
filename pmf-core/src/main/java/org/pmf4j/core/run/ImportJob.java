package org.pmf4j.core.run;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.encoder.EncoderDirectory;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.EncoderSideFiles;
import org.pmf4j.core.encoder.EncoderSpec;
import org.pmf4j.core.file.FolderLock;
import org.pmf4j.core.file.OutputPlace;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.LazyTensor;
import org.pmf4j.core.safetensors.Numbers;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.store.TensorInfo;
import org.pmf4j.core.store.TensorStore;

/**
 * Makes an encoder's directory of weights from elsewhere and of the files that say what they are.
 * Several threads may use it at once.
 */
public final class ImportJob {
  private static final String WEIGHTS = "model.safetensors";

  private final EncoderLoader loader;

  /** A job over one backend's loader. */
  @Inject
  public ImportJob(EncoderLoader loader) {
    this.loader = loader;
  }

  /**
   * What came of it.
   *
   * @param encoder its directory
   * @param modelType the family that reads it
   * @param tensors how many were written
   * @param numbers how many are in these
   * @param unused names of those that the family does not ask for; they were written too
   */
  public record Imported(
      Path encoder, String modelType, int tensors, long numbers, List<String> unused) {}

  /**
   * Checks that the family finds in the weights all that it asks for, each in its shape and of
   * finite numbers, and writes the directory; the weights come last, so that what is not whole is
   * no encoder.
   *
   * @param weights by the names that {@code save_pretrained} gives them; stays the caller's
   * @param config folder with {@code config.json} and the files of tokenizer or processor
   * @param chosen the encoder's settings that say which of several families reads it; often empty
   * @param out folder of the new encoder, which has no weights yet
   * @throws PmfException naming file and tensor, if they do not fit, or if {@code out} is taken
   */
  public Imported run(
      TensorStore weights, Path config, Map<String, ?> chosen, Path out, Progress progress) {
    new OutputPlace()
        .folder("the configuration", config)
        .file("the file of weights", weights.source())
        .requireFolder(out);
    EncoderDirectory directory = EncoderDirectory.open(config);
    EncoderSpec spec = loader.spec("", directory, chosen);
    List<String> unused = loader.check(spec, weights);
    return FolderLock.holding(
        out,
        () -> {
          if (Files.exists(out.resolve(WEIGHTS))) {
            throw PmfException.usage(out + " holds an encoder already; choose another --out");
          }
          AtomicFile.createFolders(out);
          EncoderSideFiles.copy(directory, out);
          long numbers = write(weights, out.resolve(WEIGHTS), progress);
          return new Imported(out, directory.modelType(), weights.names().size(), numbers, unused);
        });
  }

  private static long write(TensorStore weights, Path target, Progress progress) {
    Map<String, LazyTensor> tensors = new LinkedHashMap<>();
    try (Progress.Bar bar = progress.begin("weights", weights.names().size(), "tensors")) {
      for (String name : weights.names()) {
        TensorInfo info = weights.info(name);
        DType type = info.readAs().orElseThrow();
        tensors.put(
            name,
            new LazyTensor(
                info.shape(),
                type,
                () -> {
                  HostTensor tensor = weights.tensor(name);
                  Numbers.require(weights.source(), name, tensor);
                  bar.advance(1, name);
                  return tensor;
                }));
      }
      SafetensorsWriter.writePending(target, tensors, Map.of("format", "pt"));
    }
    return tensors.values().stream().mapToLong(t -> t.shape().size()).sum();
  }
}
