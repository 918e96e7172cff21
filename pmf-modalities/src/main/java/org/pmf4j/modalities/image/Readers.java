package org.pmf4j.modalities.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import org.pmf4j.api.error.PmfException;

/**
 * The readers that are used, whatever else the process has registered: those of libraries are made
 * here, in our own class loader. The JDK's own cannot be made, since their packages are closed, and
 * are to be had from ImageIO's registry alone; they are taken from there by the names of their
 * classes, which the JDK's modules hold, so that they are the same in every host.
 */
final class Readers {
  private static final String PNG = "com.sun.imageio.plugins.png.PNGImageReaderSpi";
  private static final String GIF = "com.sun.imageio.plugins.gif.GIFImageReaderSpi";
  private static final String JPEG = "com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi";
  private static final int TRIES = 100;

  private static final Map<PictureFormat, ImageReaderSpi> PROVIDERS = providers();

  private Readers() {}

  /** A new reader; of one thread at a time, as all of ImageIO's. */
  static ImageReader of(PictureFormat format) {
    try {
      return PROVIDERS.get(format).createReaderInstance();
    } catch (IOException e) {
      throw PmfException.environment(
          "the reader of " + format.title() + " does not start; check the class path", e);
    }
  }

  /** Names and versions of all readers. */
  static String versions() {
    return PROVIDERS.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue().getClass().getName() + " " + version(e))
        .collect(Collectors.joining(", "));
  }

  private static String version(Map.Entry<PictureFormat, ImageReaderSpi> entry) {
    return entry.getValue().getVersion();
  }

  private static Map<PictureFormat, ImageReaderSpi> providers() {
    Map<PictureFormat, ImageReaderSpi> all = new EnumMap<>(PictureFormat.class);
    all.put(PictureFormat.PNG, ofTheJdk(PNG));
    all.put(PictureFormat.GIF, ofTheJdk(GIF));
    all.put(PictureFormat.JPEG, jpeg());
    all.put(PictureFormat.TIFF, new TIFFImageReaderSpi());
    all.put(PictureFormat.BMP, new BMPImageReaderSpi());
    all.put(PictureFormat.WEBP, new WebPImageReaderSpi());
    return all;
  }

  /** It looks for the JDK's reader, whose work it checks, in the registry that it is put into. */
  private static ImageReaderSpi jpeg() {
    ServiceRegistry ours =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator()) {};
    ours.registerServiceProvider(ofTheJdk(JPEG), ImageReaderSpi.class);
    ImageReaderSpi spi = new JPEGImageReaderSpi();
    ours.registerServiceProvider(spi, ImageReaderSpi.class);
    return spi;
  }

  /** A host may register readers of its own at the same time, which the JDK does not lock out. */
  private static ImageReaderSpi ofTheJdk(String className) {
    for (int i = 0; i < TRIES; i++) {
      try {
        Iterator<ImageReaderSpi> all =
            IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (all.hasNext()) {
          ImageReaderSpi spi = all.next();
          if (spi.getClass().getName().equals(className)) {
            return spi;
          }
        }
        break;
      } catch (ConcurrentModificationException e) {
        Thread.onSpinWait();
      }
    }
    throw PmfException.environment(
        "this Java has no image readers of its own any more; use a Java with the module"
            + " java.desktop, and do not take its readers out of ImageIO's registry",
        null);
  }
}
