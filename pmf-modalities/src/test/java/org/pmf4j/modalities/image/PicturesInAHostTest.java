package org.pmf4j.modalities.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

class PicturesInAHostTest {
  /** Marks what does as a host would that has the process to itself. */
  private @interface DependsOnProcess {}

  @TempDir Path folder;

  /** For the child class loader: the number of samples of a picture. */
  static int samples(String path) {
    return Decoded.of(new Source.File(Path.of(path))).samples().length;
  }

  @DependsOnProcess
  @Test
  @SuppressWarnings("forbiddenapis") // it is the host that uses ImageIO
  void aChildClassLoaderReadsAllFormatsAfterItsHostUsedImageIo() throws Exception {
    byte[] png = Files.readAllBytes(Fixtures.path("images").resolve("rgb.png"));
    javax.imageio.ImageIO.read(new ByteArrayInputStream(png));
    URL[] urls = classPath().toArray(new URL[0]);
    try (URLClassLoader child = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> theirs = child.loadClass(PicturesInAHostTest.class.getName());
      assertThat(theirs).isNotEqualTo(PicturesInAHostTest.class);
      for (String name : List.of("lossy.webp", "cmyk.jpg", "lzw.tif", "rgb.bmp", "palette.gif")) {
        String path = Fixtures.path("images").resolve(name).toString();
        Method samples = theirs.getDeclaredMethod("samples", String.class);
        samples.setAccessible(true);
        assertThat(samples.invoke(null, path)).as(name).isEqualTo(samples(path));
      }
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }

  private static List<URL> classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls;
  }

  @ParameterizedTest(name = "{0} has the pixel values that transformers gives")
  @CsvSource({"la16.png, 0", "anim.webp, 1"})
  void depthsAndAnimations(String name, int index) throws Exception {
    FloatBuffer expected =
        ByteBuffer.wrap(bytes("expected-32x32.f32")).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    String json =
        "{\"size\": {\"height\": 32, \"width\": 32}, \"image_mean\": 0.5, \"image_std\": 0.5}";
    try (Preprocessor preprocessor = ViT.preprocessor(folder, json)) {
      Source source = new Source.Bytes(name, bytes(name));
      float[] values = preprocessor.prepare(source).get("pixel_values").floats();
      for (int i = 0; i < values.length; i++) {
        // The same integers; scaling and normalizing them may round differently
        assertThat(values[i]).isCloseTo(expected.get(index * 3 * 32 * 32 + i), within(1e-5f));
      }
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (var in = PicturesInAHostTest.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    }
  }
}
