package org.pmf4j.export.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.store.StoredType;
import org.pmf4j.onnx.WeightPlace;

/**
 * A copy of an encoder's own file of weights below the graphs' folder, whose bytes serve where they
 * are those that a graph wants. Immutable, so that any number of threads may share it.
 *
 * @param places by type, shape and hash of the bytes
 */
public record LinkedFile(Map<String, WeightPlace> places) {
  /** Copies the map. */
  public LinkedFile {
    places = Map.copyOf(places);
  }

  /**
   * Copies a file of safetensors. Not by a second name: ONNX's own checker takes files of several
   * names for an attack.
   *
   * @param from the encoder's file
   * @param folder of the graphs
   * @param name relative to it, with {@code /}
   * @throws org.pmf4j.api.error.PmfException naming the file, if it is broken or cannot be written
   */
  public static LinkedFile of(Path from, Path folder, String name) {
    Path to = folder.resolve(name);
    try {
      Files.createDirectories(to.getParent());
      Files.copy(from, to);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(to, e);
    }
    Map<String, WeightPlace> places = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(to)) {
      for (String tensor : file.names()) {
        if (file.info(tensor).type().equals(StoredType.F32.name())) {
          HostTensor t = file.tensor(tensor);
          long length = t.data().remaining();
          places.put(key(t), new WeightPlace(name, file.position(tensor), length));
        }
      }
    }
    return new LinkedFile(places);
  }

  /** Where these very bytes are. */
  Optional<WeightPlace> find(HostTensor weight) {
    return Optional.ofNullable(places.get(key(weight)));
  }

  private static String key(HostTensor t) {
    return t.dtype() + " " + t.shape() + " " + hash(t.data());
  }

  private static String hash(ByteBuffer data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(data);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
