// Reads every record of some topics with Confluent's JavaScript client and writes each to a second topic.
// Usage: node copy-topics.js BOOTSTRAP REGISTRY FROM TO COUNT [FROM TO COUNT ...]
import registry from "@confluentinc/schemaregistry";
import kafkajs from "kafkajs";

const { SchemaRegistryClient, AvroSerializer, AvroDeserializer, SerdeType } = registry;
const { Kafka, logLevel } = kafkajs;
const [bootstrap, registryUrl, ...pairs] = process.argv.slice(2);

const client = new SchemaRegistryClient({ baseURLs: [registryUrl], cacheCapacity: 100, cacheLatestTtlSecs: 60 });
const deserializer = new AvroDeserializer(client, SerdeType.VALUE, {});
const serializer = new AvroSerializer(client, SerdeType.VALUE, { useLatestVersion: true, autoRegisterSchemas: false });
const kafka = new Kafka({ clientId: "interoperability", brokers: [bootstrap], logLevel: logLevel.ERROR });
const producer = kafka.producer();

async function read(topic, count) {
  const consumer = kafka.consumer({ groupId: `javascript-${topic}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const records = [];
  await new Promise((resolve, reject) => {
    consumer
      .run({
        eachMessage: async ({ message }) => {
          records.push(message);
          if (records.length === count) resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return records;
}

await producer.connect();
for (let i = 0; i < pairs.length; i += 3) {
  const [from, to, count] = [pairs[i], pairs[i + 1], Number(pairs[i + 2])];
  const written = await client.getLatestSchemaMetadata(`${from}-value`);
  await client.register(`${to}-value`, { schemaType: "AVRO", schema: written.schema });
  for (const record of await read(from, count)) {
    const value = await deserializer.deserialize(from, record.value);
    await producer.send({ topic: to, messages: [{ key: record.key, value: await serializer.serialize(to, value) }] });
  }
  console.log(`copied ${count} records from ${from} to ${to}`);
}
await producer.disconnect();
