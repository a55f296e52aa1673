package io.tailwater.lineage.project;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** An element of an XML document, read without document types and entities, under limits. */
public final class XmlElement {
    private static final int DEEPEST = 200;
    private static final int MOST_ELEMENTS = 500_000;
    private static final int MOST_TEXT = 4_000_000;

    private final String name;
    private final int line;
    private final int textLine;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private XmlElement(String name, int line, int textLine) {
        this.name = name;
        this.line = line;
        this.textLine = textLine;
    }

    /** Its name without a prefix. */
    public String name() {
        return name;
    }

    /** The line where its tag starts, counted from 1. */
    public int line() {
        return line;
    }

    /** The line where its tag ends, and with it its text starts. */
    public int textLine() {
        return textLine;
    }

    /** Attributes by their names without prefixes, in order. */
    public Map<String, String> attributes() {
        return Collections.unmodifiableMap(attributes);
    }

    /** Elements directly below, in order. */
    public List<XmlElement> children() {
        return Collections.unmodifiableList(children);
    }

    /** The characters directly in it, those of its children left out. */
    public String text() {
        return text.toString();
    }

    /**
     * What came of a text.
     *
     * @param root the document's element; null if the text is not accepted
     * @param problem why there is none; else empty
     * @param line where the problem is, counted from 1
     */
    public record Parsed(@Nullable XmlElement root, String problem, int line) {}

    /** Reads a text; never fails on what it holds. */
    public static Parsed read(String text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside of the file is read");
        });
        try {
            return read(factory.createXMLStreamReader(new StringReader(text)));
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            return new Parsed(null, "this is not XML that can be read", line);
        }
    }

    private static Parsed read(XMLStreamReader reader) throws XMLStreamException {
        XmlElement root = null;
        List<XmlElement> open = new ArrayList<>();
        int elements = 0;
        int characters = 0;
        while (reader.hasNext()) {
            int line = Math.max(1, reader.getLocation().getLineNumber());
            switch (reader.next()) {
                case XMLStreamConstants.DTD -> {
                    return new Parsed(null, "the XML declares a document type, which is not accepted", line);
                }
                case XMLStreamConstants.ENTITY_REFERENCE -> {
                    return new Parsed(null, "the XML uses entities, which are not accepted", line);
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    XmlElement element = element(reader, line);
                    if (++elements > MOST_ELEMENTS || open.size() >= DEEPEST) {
                        return new Parsed(
                                null,
                                "the XML has more than " + MOST_ELEMENTS + " elements, or more than " + DEEPEST
                                        + " inside each other",
                                line);
                    }
                    if (open.isEmpty()) {
                        root = element;
                    } else {
                        open.get(open.size() - 1).children.add(element);
                    }
                    open.add(element);
                }
                case XMLStreamConstants.END_ELEMENT -> open.remove(open.size() - 1);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    characters += reader.getTextLength();
                    if (!open.isEmpty() && characters <= MOST_TEXT) {
                        open.get(open.size() - 1).text.append(reader.getText());
                    }
                }
                default -> {
                    // comments and the like say nothing
                }
            }
        }
        return root == null ? new Parsed(null, "the XML is empty", 1) : new Parsed(root, "", 1);
    }

    private static XmlElement element(XMLStreamReader reader, int line) {
        XmlElement element = new XmlElement(
                reader.getLocalName(), line, Math.max(line, reader.getLocation().getLineNumber()));
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }

    /** The value of an attribute; null if it is not there. */
    public @Nullable String attribute(String key) {
        return attributes.get(key);
    }

    /** All elements below of that name, at any depth, in order. */
    public List<XmlElement> all(String wanted) {
        List<XmlElement> found = new ArrayList<>();
        List<XmlElement> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            XmlElement next = open.remove(open.size() - 1);
            if (next.name.equals(wanted) && next != this) {
                found.add(next);
            }
            for (int i = next.children.size() - 1; i >= 0; i--) {
                open.add(next.children.get(i));
            }
        }
        return found;
    }

    /** Elements of that name directly below. */
    public List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }
}
