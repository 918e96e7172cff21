package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The screen on which a GIF's first frame lies. A frame may be smaller than its screen; what it
 * does not cover has the transparent colour, or else the first of the palette, as in Pillow.
 */
record GifCanvas(int width, int height, int left, int top) {

  static GifCanvas of(ImageReader reader) throws IOException {
    Element screen = element(reader.getStreamMetadata(), "LogicalScreenDescriptor");
    Element frame = element(reader.getImageMetadata(0), "ImageDescriptor");
    int left = number(frame, "imageLeftPosition");
    int top = number(frame, "imageTopPosition");
    return new GifCanvas(
        Math.max(number(screen, "logicalScreenWidth"), left + number(frame, "imageWidth")),
        Math.max(number(screen, "logicalScreenHeight"), top + number(frame, "imageHeight")),
        left,
        top);
  }

  RgbImage place(BufferedImage frame) throws IOException {
    RgbImage image = RasterPixels.of("GIF", frame);
    if (image.width() == width && image.height() == height) {
      return image;
    }
    if ((long) width * height > ImageDecoder.MOST_PIXELS
        || !(frame.getColorModel() instanceof IndexColorModel palette)) {
      throw new IOException("a screen of " + width + " × " + height + " pixels");
    }
    byte[] out = new byte[Math.multiplyExact(3 * width, height)];
    int background = palette.getRGB(Math.max(palette.getTransparentPixel(), 0));
    for (int i = 0; i < out.length; i += 3) {
      out[i] = (byte) (background >> 16);
      out[i + 1] = (byte) (background >> 8);
      out[i + 2] = (byte) background;
    }
    int row = 3 * image.width();
    for (int y = 0; y < image.height(); y++) {
      System.arraycopy(image.samples(), y * row, out, 3 * ((top + y) * width + left), row);
    }
    return new RgbImage(width, height, out);
  }

  private static Element element(IIOMetadata metadata, String name) throws IOException {
    Element root = (Element) metadata.getAsTree(metadata.getNativeMetadataFormatName());
    NodeList found = root.getElementsByTagName(name);
    if (found.getLength() == 0) {
      throw new IOException("a GIF without " + name);
    }
    return (Element) found.item(0);
  }

  private static int number(Element element, String attribute) {
    return Integer.parseInt(element.getAttribute(attribute));
  }
}
