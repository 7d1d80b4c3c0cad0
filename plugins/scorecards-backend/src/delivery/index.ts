export { createDeliveryRouter } from './createDeliveryRouter';
export { DeliveryEventStore } from './DeliveryEventStore';
export { DeliveryIntake } from './DeliveryIntake';
